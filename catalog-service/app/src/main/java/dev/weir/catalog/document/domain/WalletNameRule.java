package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.FeatureType;

/** A credit unit and a metered feature both name wallets, so they may not share a key. */
final class WalletNameRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        for (String unit : draft.creditUnits().keySet()) {
            FeatureDraft feature = draft.features().get(unit);
            if (feature != null && feature.type() == FeatureType.METERED) {
                faults.add("creditUnits." + unit, "KEY_CLASH", "a metered feature has this key, and both name wallets");
            }
        }
    }
}
