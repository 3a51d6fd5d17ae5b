package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureGroup;
import dev.weir.catalog.contract.FeatureType;
import java.util.List;
import java.util.Map;

/**
 * A group is of features that exist, and whoever gives a group says what of each CONFIG feature in it: by group a feature is
 * given whole, and a CONFIG feature has no such value.
 */
final class FeatureGroupRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (FeatureGroup group : draft.featureGroups().values()) {
            for (int index = 0; index < group.features().size(); index++) {
                references.feature(
                        "featureGroups." + group.key() + ".features[" + index + "]",
                        group.features().get(index));
            }
        }
        for (PlanDraft plan : draft.plans().values()) {
            given(draft, faults, plan.place(), plan.groups(), draft.groupEntitlements(plan));
        }
        for (AddonDraft addon : draft.addons().values()) {
            given(draft, faults, addon.place(), addon.groups(), draft.groupEntitlements(addon));
        }
    }

    private static void given(
            CatalogDraft draft, Faults faults, String owner, List<String> groups, Map<String, Entitlement> byGroup) {
        References references = new References(draft, faults);
        for (int index = 0; index < groups.size(); index++) {
            String place = owner + ".groups[" + index + "]";
            FeatureGroup group = references.group(place, groups.get(index));
            if (group == null) {
                continue;
            }
            for (String member : group.features()) {
                FeatureDraft feature = draft.features().get(member);
                if (byGroup.containsKey(member) && feature != null && feature.type() == FeatureType.CONFIG) {
                    faults.add(
                            place, "VALUE_REQUIRED", member + " is a CONFIG feature: say its value under entitlements");
                }
            }
        }
    }
}
