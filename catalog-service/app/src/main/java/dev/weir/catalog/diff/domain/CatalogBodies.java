package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureGroup;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Product;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.VersionReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that a catalog holds: every plan and add-on as a closed body with its version. */
public record CatalogBodies(
        Map<String, CreditUnit> creditUnits,
        Map<String, Meter> meters,
        Map<String, FeatureDefinition> features,
        Map<String, Product> products,
        Map<String, PlanVersion> plans,
        Map<String, AddonVersion> addons,
        Map<String, FeatureGroup> featureGroups,
        Map<String, Coupon> coupons) {

    /** The catalog before anything was published. */
    public static CatalogBodies empty() {
        return new CatalogBodies(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** What is in force once this is published as that catalog version. */
    public CatalogInForce inForce(long version, Instant publishedAt, Rollout rollout) {
        Map<String, VersionReference> planReferences = new LinkedHashMap<>();
        plans.forEach((key, body) -> planReferences.put(key, new VersionReference(body.version(), body.hash())));
        Map<String, VersionReference> addonReferences = new LinkedHashMap<>();
        addons.forEach((key, body) -> addonReferences.put(key, new VersionReference(body.version(), body.hash())));
        return new CatalogInForce(
                version,
                publishedAt,
                rollout,
                creditUnits,
                meters,
                features,
                products,
                planReferences,
                addonReferences,
                featureGroups,
                coupons);
    }
}
