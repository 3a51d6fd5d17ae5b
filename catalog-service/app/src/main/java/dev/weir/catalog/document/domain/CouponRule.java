package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Coupon;

/** A coupon is for products that exist. */
final class CouponRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (Coupon coupon : draft.coupons().values()) {
            for (int index = 0; index < coupon.products().size(); index++) {
                references.product(
                        "coupons." + coupon.key() + ".products[" + index + "]",
                        coupon.products().get(index));
            }
        }
    }
}
