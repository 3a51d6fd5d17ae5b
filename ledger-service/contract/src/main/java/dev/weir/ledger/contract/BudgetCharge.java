package dev.weir.ledger.contract;

import dev.weir.catalog.contract.Price;
import java.util.Objects;

/**
 * What one charge adds to a budget's period: the quantity that is charged for certain, and what open reservations may add.
 *
 * @param charge {@code plan@version/key}, or the add-on's
 * @param planHash of the plan version under which usage is counted here
 * @param overageOnly counts overage; else all usage of an unlimited feature
 * @param scale of the quantities
 * @param charged atoms of the feature
 * @param held atoms that open reservations may still be charged
 */
public record BudgetCharge(
        String charge,
        String planHash,
        String feature,
        boolean overageOnly,
        Price price,
        int scale,
        long charged,
        long held) {
    public BudgetCharge {
        Objects.requireNonNull(charge, "charge");
        Objects.requireNonNull(planHash, "planHash");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(price, "price");
    }

    /** The same with other quantities. */
    public BudgetCharge with(long nowCharged, long nowHeld) {
        return new BudgetCharge(charge, planHash, feature, overageOnly, price, scale, nowCharged, nowHeld);
    }

    /** Whether usage of a feature under a plan version is charged here. */
    public boolean counts(String ofFeature, String ofPlanHash) {
        return feature.equals(ofFeature) && planHash.equals(ofPlanHash);
    }
}
