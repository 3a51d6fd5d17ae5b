package dev.weir.catalog.document.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An add-on is of a product that exists, goes with plans of that product, and requires add-ons of that product; what it
 * requires does not require it.
 */
final class AddonRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (AddonDraft addon : draft.addons().values()) {
            references.product(addon.place() + ".product", addon.product());
            required(draft, references, faults, addon);
            List<String> plans = addon.compatibleWith();
            for (int index = 0; index < plans.size(); index++) {
                String place = addon.place() + ".compatibleWith[" + index + "]";
                PlanDraft plan = references.plan(place, plans.get(index));
                if (plan != null && !draft.productOf(plan).orElse("").equals(addon.product())) {
                    faults.add(place, "PRODUCT_MISMATCH", plan.key() + " is a plan of another product");
                }
            }
        }
    }

    private static void required(CatalogDraft draft, References references, Faults faults, AddonDraft addon) {
        for (int index = 0; index < addon.requires().size(); index++) {
            String place = addon.place() + ".requires[" + index + "]";
            AddonDraft other = references.addon(place, addon.requires().get(index));
            if (other == null) {
                continue;
            }
            if (!other.product().equals(addon.product())) {
                faults.add(place, "PRODUCT_MISMATCH", other.key() + " is an add-on of another product");
            }
            if (reaches(draft, other, addon.key())) {
                faults.add(place, "CIRCULAR_REQUIREMENT", other.key() + " itself requires " + addon.key());
            }
        }
    }

    private static boolean reaches(CatalogDraft draft, AddonDraft from, String wanted) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from.key()));
        while (!open.isEmpty()) {
            String key = open.pop();
            if (key.equals(wanted)) {
                return true;
            }
            AddonDraft addon = draft.addons().get(key);
            if (addon != null && seen.add(key)) {
                open.addAll(addon.requires());
            }
        }
        return false;
    }
}
