package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureGroup;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.RateRule;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a document's names stand for; a name that stands for nothing is a fault. */
final class References {

    private final CatalogDraft draft;
    private final Faults faults;

    References(CatalogDraft draft, Faults faults) {
        this.draft = draft;
        this.faults = faults;
    }

    /** The feature; null, after a fault if the document has none of that name. */
    @Nullable
    FeatureDraft feature(String place, String key) {
        known(place, key, draft.declared().features().contains(key), "UNKNOWN_FEATURE", "feature");
        return draft.features().get(key);
    }

    @Nullable
    CreditUnit unit(String place, String key) {
        known(place, key, draft.declared().creditUnits().contains(key), "UNKNOWN_UNIT", "credit unit");
        return draft.creditUnits().get(key);
    }

    @Nullable
    Meter meter(String place, String key) {
        known(place, key, draft.declared().meters().contains(key), "UNKNOWN_METER", "meter");
        return draft.meters().get(key);
    }

    @Nullable
    PlanDraft plan(String place, String key) {
        known(place, key, draft.declared().plans().contains(key), "UNKNOWN_PLAN", "plan");
        return draft.plans().get(key);
    }

    @Nullable
    AddonDraft addon(String place, String key) {
        known(place, key, draft.declared().addons().contains(key), "UNKNOWN_ADDON", "add-on");
        return draft.addons().get(key);
    }

    @Nullable
    FeatureGroup group(String place, String key) {
        known(place, key, draft.declared().featureGroups().contains(key), "UNKNOWN_FEATURE_GROUP", "feature group");
        return draft.featureGroups().get(key);
    }

    /** A product that the document names, or that only a plan has. */
    void product(String place, String key) {
        boolean known =
                draft.declared().products().contains(key) || draft.allProducts().containsKey(key);
        if (!known) {
            faults.add(place, "UNKNOWN_PRODUCT", "neither a product nor a plan has " + key);
        }
    }

    /** The meter of a feature, where it has one. */
    @Nullable
    Meter meterOf(FeatureDraft feature) {
        String meter = feature.meter();
        return meter == null ? null : draft.meters().get(meter);
    }

    /** Refuses an amount that the ledger could not hold: finer than its unit's scale, or too large. */
    void decimals(String place, @Nullable BigDecimal amount, int scale, String of) {
        if (amount == null) {
            return;
        }
        try {
            var _ = Atoms.parse(amount, scale);
        } catch (AtomsException e) {
            switch (e.reason()) {
                case TOO_MANY_DECIMALS ->
                    faults.add(place, "TOO_MANY_DECIMALS", of + " has at most " + scale + " decimals");
                case OVERFLOW -> faults.add(place, "AMOUNT_TOO_LARGE", "is more than the ledger holds of " + of);
                case NOT_A_NUMBER -> throw new IllegalStateException("a decimal is a number", e);
            }
        }
    }

    /** Refuses rates finer than their credit unit, so that any split of the same usage costs the same. */
    void rates(String place, List<RateRule> rates, @Nullable CreditUnit unit) {
        if (unit == null) {
            return;
        }
        for (int index = 0; index < rates.size(); index++) {
            String line = place + ".rates[" + index + "].per.";
            rates.get(index).per().forEach((name, rate) -> decimals(line + name, rate, unit.scale(), unit.key()));
        }
    }

    private void known(String place, String key, boolean known, String code, String what) {
        if (!known) {
            faults.add(place, code, "there is no " + what + " " + key);
        }
    }
}
