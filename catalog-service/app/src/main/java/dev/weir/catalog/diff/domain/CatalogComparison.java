package dev.weir.catalog.diff.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to the changes between two catalogs what they do for customers. */
public final class CatalogComparison {

    private CatalogComparison() {}

    /**
     * @param changes what is different, as laid out flat
     * @param before the catalog before
     * @param after the catalog that takes its place
     */
    public static List<Change> explain(List<Change> changes, CatalogBodies before, CatalogBodies after) {
        return changes.stream().map(change -> explain(change, before, after)).toList();
    }

    private static Change explain(Change change, CatalogBodies before, CatalogBodies after) {
        return switch (change.kind()) {
            case PLAN ->
                plan(change, before.plans().get(change.key()), after.plans().get(change.key()));
            case ADDON ->
                addon(change, before.addons().get(change.key()), after.addons().get(change.key()));
            case CREDIT_UNIT, METER, FEATURE, FEATURE_GROUP, PRODUCT, COUPON -> change;
        };
    }

    private static Change plan(Change change, @Nullable PlanVersion before, @Nullable PlanVersion after) {
        Change between =
                change.between(before == null ? null : before.version(), after == null ? null : after.version());
        return before == null || after == null ? between : between.with(OfferComparison.of(before, after));
    }

    private static Change addon(Change change, @Nullable AddonVersion before, @Nullable AddonVersion after) {
        Change between =
                change.between(before == null ? null : before.version(), after == null ? null : after.version());
        return before == null || after == null ? between : between.with(OfferComparison.of(before, after));
    }
}
