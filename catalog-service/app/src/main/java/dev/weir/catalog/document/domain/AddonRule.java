package dev.weir.catalog.document.domain;

import java.util.List;

/** An add-on is of a product that exists and goes with plans of that product. */
final class AddonRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (AddonDraft addon : draft.addons().values()) {
            if (!draft.declared().products().contains(addon.product())
                    && !draft.allProducts().containsKey(addon.product())) {
                faults.add(
                        addon.place() + ".product",
                        "UNKNOWN_PRODUCT",
                        "neither a product nor a plan has " + addon.product());
            }
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
}
