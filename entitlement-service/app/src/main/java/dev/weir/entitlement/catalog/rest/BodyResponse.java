package dev.weir.entitlement.catalog.rest;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import org.jspecify.annotations.Nullable;

/** One of the two. */
public record BodyResponse(
        @Nullable PlanVersion plan, @Nullable AddonVersion addon) {
    static BodyResponse of(PlanVersion plan) {
        return new BodyResponse(plan, null);
    }

    static BodyResponse of(AddonVersion addon) {
        return new BodyResponse(null, addon);
    }
}
