package dev.weir.catalog.publication.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Then;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the features and credit units that a body uses, and so pins. */
record Closure(Map<String, FeatureDefinition> allFeatures, Map<String, CreditUnit> allUnits) {

    Used used() {
        return new Used();
    }

    /** What one body uses; collects as it is told. */
    final class Used {

        private final Map<String, FeatureDefinition> features = new LinkedHashMap<>();
        private final Map<String, CreditUnit> units = new LinkedHashMap<>();

        Used entitlements(Collection<Entitlement> entitlements) {
            for (Entitlement entitlement : entitlements) {
                feature(entitlement.feature());
                Then then = entitlement.then();
                if (then != null) {
                    unit(then.unit());
                }
            }
            return this;
        }

        Used credits(Collection<CreditGrant> credits) {
            for (CreditGrant grant : credits) {
                unit(grant.unit());
                PerSeat perSeat = grant.perSeat();
                if (perSeat != null) {
                    feature(perSeat.feature());
                }
            }
            return this;
        }

        Used charges(Collection<Charge> charges) {
            for (Charge charge : charges) {
                String feature = charge.feature();
                if (feature != null) {
                    feature(feature);
                }
            }
            return this;
        }

        Used creditUnits(Collection<String> keys) {
            keys.forEach(this::unit);
            return this;
        }

        Map<String, FeatureDefinition> features() {
            return features;
        }

        Map<String, CreditUnit> creditUnits() {
            return units;
        }

        private void feature(String key) {
            FeatureDefinition feature = allFeatures.get(key);
            if (feature == null) {
                throw new IllegalStateException("a draft without faults knows the feature " + key);
            }
            features.put(key, feature);
            String unit = feature.creditUnit();
            if (unit != null) {
                unit(unit);
            }
        }

        private void unit(String key) {
            CreditUnit unit = allUnits.get(key);
            if (unit == null) {
                throw new IllegalStateException("a draft without faults knows the credit unit " + key);
            }
            units.put(key, unit);
        }
    }
}
