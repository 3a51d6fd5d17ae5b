package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeteringMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A charge is on a metered feature or a fee; one on a level says what it measures; a key names one charge. */
final class ChargeRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        draft.plans().values().forEach(plan -> charges(references, faults, plan.charges()));
        draft.addons().values().forEach(addon -> charges(references, faults, addon.charges()));
    }

    private static void charges(References references, Faults faults, List<Placed<Charge>> charges) {
        Set<String> keys = new HashSet<>();
        for (Placed<Charge> placed : charges) {
            Charge charge = placed.value();
            if (!keys.add(charge.key())) {
                faults.add(placed.place() + ".key", "DUPLICATE_KEY", "another charge has the key " + charge.key());
            }
            String key = charge.feature();
            FeatureDraft feature = key == null ? null : references.feature(placed.place() + ".feature", key);
            if (feature != null) {
                onFeature(references, faults, placed, feature);
            }
        }
    }

    private static void onFeature(References references, Faults faults, Placed<Charge> placed, FeatureDraft feature) {
        if (feature.type() != FeatureType.METERED) {
            faults.add(placed.place() + ".feature", "NOT_ALLOWED", "only the usage of a METERED feature is charged");
            return;
        }
        Meter meter = references.meterOf(feature);
        if (meter != null && (meter.aggregation() == Aggregation.AVG || meter.aggregation() == Aggregation.MIN)) {
            faults.add(placed.place() + ".feature", "NOT_ALLOWED", "AVG and MIN are for analytics and are not charged");
        }
        boolean level = feature.mode() == MeteringMode.LEVEL;
        boolean measured = placed.value().measure() != null;
        if (level && !measured) {
            faults.add(
                    placed.place() + ".measure", "REQUIRED", "a charge on a level is MAX_IN_PERIOD or TIME_WEIGHTED");
        }
        if (!level && measured) {
            faults.add(placed.place() + ".measure", "NOT_ALLOWED", "only a charge on a level has a measure");
        }
    }
}
