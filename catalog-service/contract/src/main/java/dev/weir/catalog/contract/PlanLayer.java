package dev.weir.catalog.contract;

import java.util.Map;
import java.util.Objects;

/** What a plan version says itself: the first layer of a body is the plan's own, the next its parent's, and so on. */
public record PlanLayer(String plan, int version, Map<String, Entitlement> entitlements) {
    public PlanLayer {
        Objects.requireNonNull(plan, "plan");
        entitlements = entitlements == null ? Map.of() : Map.copyOf(entitlements);
    }
}
