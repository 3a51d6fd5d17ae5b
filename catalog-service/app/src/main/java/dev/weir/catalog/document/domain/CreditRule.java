package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.MeteringMode;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Rollover;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Credit is of a unit that exists, no finer than it, and a key names one grant of its source. */
final class CreditRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (PlanDraft plan : draft.plans().values()) {
            grants(references, faults, plan.credits());
            grants(references, faults, plan.trialCredits());
            plan.creditLimits().forEach((key, limit) -> {
                String place = plan.place() + ".creditLimits." + key;
                CreditUnit unit = references.unit(place, key);
                if (unit != null) {
                    references.decimals(place + ".overdraft", limit.overdraft(), unit.scale(), key);
                }
            });
        }
        for (AddonDraft addon : draft.addons().values()) {
            grants(references, faults, addon.credits());
        }
    }

    private static void grants(References references, Faults faults, List<Placed<CreditGrant>> grants) {
        Set<String> keys = new HashSet<>();
        for (Placed<CreditGrant> placed : grants) {
            CreditGrant grant = placed.value();
            if (!keys.add(grant.key())) {
                faults.add(
                        placed.place() + ".key",
                        "DUPLICATE_KEY",
                        "another grant of this source has the key " + grant.key());
            }
            CreditUnit unit = references.unit(placed.place() + ".unit", grant.unit());
            if (unit != null) {
                amounts(references, placed.place(), grant, unit);
            }
            PerSeat perSeat = grant.perSeat();
            if (perSeat != null) {
                level(references, faults, placed.place() + ".perSeat.feature", perSeat.feature());
            }
        }
    }

    private static void amounts(References references, String place, CreditGrant grant, CreditUnit unit) {
        references.decimals(place + ".amount", grant.amount(), unit.scale(), unit.key());
        Rollover rollover = grant.rollover();
        if (rollover != null) {
            references.decimals(place + ".rollover.max", rollover.max(), unit.scale(), unit.key());
        }
        PerSeat perSeat = grant.perSeat();
        if (perSeat != null) {
            references.decimals(place + ".perSeat.amount", perSeat.amount(), unit.scale(), unit.key());
        }
    }

    private static void level(References references, Faults faults, String place, String key) {
        FeatureDraft feature = references.feature(place, key);
        if (feature != null && (feature.type() != FeatureType.METERED || feature.mode() != MeteringMode.LEVEL)) {
            faults.add(place, "NOT_ALLOWED", "seats are counted by a METERED feature of mode LEVEL");
        }
    }
}
