package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.CreditUnit;

/** A feature's meter and credit unit exist; its rates are no finer than the unit. */
final class FeatureRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (FeatureDraft feature : draft.features().values()) {
            String place = "features." + feature.key();
            if (feature.meter() != null) {
                references.meter(place + ".meter", feature.meter());
            }
            if (feature.creditUnit() != null) {
                CreditUnit unit = references.unit(place + ".creditUnit", feature.creditUnit());
                references.rates(place, feature.rates(), unit);
            }
        }
    }
}
