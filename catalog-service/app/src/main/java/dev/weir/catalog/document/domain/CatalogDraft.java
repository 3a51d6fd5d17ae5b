package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureGroup;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.Product;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document that has been read. What could not be read is missing from the maps but is in {@link Declared}, so that one
 * fault does not make a reference to it look like another.
 */
public record CatalogDraft(
        Map<String, CreditUnit> creditUnits,
        Map<String, Meter> meters,
        Map<String, FeatureDraft> features,
        Map<String, FeatureGroup> featureGroups,
        Map<String, Product> products,
        Map<String, PlanDraft> plans,
        Map<String, AddonDraft> addons,
        Map<String, Coupon> coupons,
        Declared declared) {

    /** The keys that the document has, whether or not what they stand for could be read. */
    public record Declared(
            Set<String> creditUnits,
            Set<String> meters,
            Set<String> features,
            Set<String> featureGroups,
            Set<String> products,
            Set<String> plans,
            Set<String> addons) {}

    /** The plan and its ancestors, the plan first. Stops where a parent is unknown or the line comes back to itself. */
    public List<PlanDraft> line(PlanDraft plan) {
        List<PlanDraft> line = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        @Nullable PlanDraft next = plan;
        while (next != null && seen.add(next.key())) {
            line.add(next);
            String parent = next.parent();
            next = parent == null ? null : plans.get(parent);
        }
        return line;
    }

    /** The product of a plan: its own, else its parent's. */
    public Optional<String> productOf(PlanDraft plan) {
        return line(plan).stream()
                .flatMap(each -> Optional.ofNullable(each.product()).stream())
                .findFirst();
    }

    /** What a plan gives itself, by name and by group. */
    public Map<String, Entitlement> entitlementsOf(PlanDraft plan) {
        return merged(plan.entitlements(), groupEntitlements(plan));
    }

    /** What an add-on gives, by name and by group. */
    public Map<String, Entitlement> entitlementsOf(AddonDraft addon) {
        return merged(addon.entitlements(), groupEntitlements(addon));
    }

    /**
     * What a plan gives only by group: each member that neither it nor a plan it extends names is given whole. A limit that
     * a parent names is thus not lifted by the way.
     */
    Map<String, Entitlement> groupEntitlements(PlanDraft plan) {
        Set<String> named = new HashSet<>();
        line(plan).forEach(each -> named.addAll(each.entitlements().keySet()));
        return whole(plan.groups(), named);
    }

    /** What an add-on gives only by group: each member that it does not name is given whole. */
    Map<String, Entitlement> groupEntitlements(AddonDraft addon) {
        return whole(addon.groups(), addon.entitlements().keySet());
    }

    private Map<String, Entitlement> whole(List<String> groups, Set<String> named) {
        Map<String, Entitlement> whole = new LinkedHashMap<>();
        groups.stream()
                .flatMap(key -> Optional.ofNullable(featureGroups.get(key)).stream())
                .flatMap(group -> group.features().stream())
                .filter(feature -> !named.contains(feature))
                .forEach(feature -> whole.put(feature, Entitlement.whole(feature)));
        return whole;
    }

    private static Map<String, Entitlement> merged(Map<String, Entitlement> named, Map<String, Entitlement> byGroup) {
        Map<String, Entitlement> all = new LinkedHashMap<>(named);
        all.putAll(byGroup);
        return all;
    }

    /** Every product: those of the document, and those that only a plan names. */
    public Map<String, Product> allProducts() {
        Map<String, Product> all = new LinkedHashMap<>(products);
        for (PlanDraft plan : plans.values()) {
            productOf(plan).ifPresent(key -> all.computeIfAbsent(key, absent -> new Product(absent, absent, null)));
        }
        return all;
    }

    /** The plans that an add-on may be bought with: those it names, else every plan of its product. */
    public List<PlanDraft> plansOf(AddonDraft addon) {
        return plans.values().stream()
                .filter(plan -> addon.compatibleWith().isEmpty()
                        ? productOf(plan).filter(addon.product()::equals).isPresent()
                        : addon.compatibleWith().contains(plan.key()))
                .toList();
    }
}
