package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Coupon;
import java.time.Instant;
import java.util.Objects;

/**
 * A coupon that a subscription has redeemed.
 *
 * @param coupon as it was in the catalog then: what becomes of it there does not touch who has it
 * @param redeemedAt from when its duration is counted
 */
public record RedeemedCoupon(Coupon coupon, Instant redeemedAt) {
    public RedeemedCoupon {
        Objects.requireNonNull(coupon, "coupon");
        Objects.requireNonNull(redeemedAt, "redeemedAt");
    }
}
