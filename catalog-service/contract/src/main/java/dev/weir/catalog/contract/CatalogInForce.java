package dev.weir.catalog.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The catalog in force: the state {@code catalog.catalog.v1} (aggregate id {@code catalog}, shard 00). A consumer has
 * applied version n when it holds this state and every body whose hash it names; it then publishes
 * {@code <context>.catalog-applied.v1}.
 *
 * <p>A publication for ALL_CUSTOMERS is told as a fact as well, {@code catalog.rolled-out.v1} (id {@code rollout:<version>},
 * same body): a state is conflated with the publications after it, and whom a publication reaches must not be lost.
 *
 * @param version counts published catalogs from 1; it is the event's aggregate version too
 * @param plans the current version of every plan that is not retired
 */
public record CatalogInForce(
        long version,
        Instant publishedAt,
        Rollout rollout,
        Map<String, CreditUnit> creditUnits,
        Map<String, Meter> meters,
        Map<String, FeatureDefinition> features,
        Map<String, Product> products,
        Map<String, VersionReference> plans,
        Map<String, VersionReference> addons,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, FeatureGroup> featureGroups,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Coupon> coupons) {
    public CatalogInForce {
        Objects.requireNonNull(publishedAt, "publishedAt");
        rollout = rollout == null ? Rollout.NEW_CUSTOMERS : rollout;
        creditUnits = creditUnits == null ? Map.of() : Map.copyOf(creditUnits);
        meters = meters == null ? Map.of() : Map.copyOf(meters);
        features = features == null ? Map.of() : Map.copyOf(features);
        products = products == null ? Map.of() : Map.copyOf(products);
        plans = plans == null ? Map.of() : Map.copyOf(plans);
        addons = addons == null ? Map.of() : Map.copyOf(addons);
        featureGroups = featureGroups == null ? Map.of() : Map.copyOf(featureGroups);
        coupons = coupons == null ? Map.of() : Map.copyOf(coupons);
    }

    /** A catalog without feature groups and coupons. */
    public CatalogInForce(
            long version,
            Instant publishedAt,
            Rollout rollout,
            Map<String, CreditUnit> creditUnits,
            Map<String, Meter> meters,
            Map<String, FeatureDefinition> features,
            Map<String, Product> products,
            Map<String, VersionReference> plans,
            Map<String, VersionReference> addons) {
        this(version, publishedAt, rollout, creditUnits, meters, features, products, plans, addons, Map.of(), Map.of());
    }
}
