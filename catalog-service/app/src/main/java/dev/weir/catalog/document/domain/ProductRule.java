package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Product;

/** Every plan has a product, of its own or its parent's; a product's default plan is one of its plans. */
final class ProductRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        for (PlanDraft plan : draft.plans().values()) {
            if (draft.productOf(plan).isEmpty()) {
                faults.add(plan.place() + ".product", "REQUIRED", "is required, here or in a plan that it extends");
            }
        }
        References references = new References(draft, faults);
        for (Product product : draft.products().values()) {
            String defaultPlan = product.defaultPlan();
            if (defaultPlan == null) {
                continue;
            }
            String place = "products." + product.key() + ".defaultPlan";
            PlanDraft plan = references.plan(place, defaultPlan);
            if (plan != null && !draft.productOf(plan).orElse("").equals(product.key())) {
                faults.add(place, "PRODUCT_MISMATCH", defaultPlan + " is a plan of another product");
            }
        }
    }
}
