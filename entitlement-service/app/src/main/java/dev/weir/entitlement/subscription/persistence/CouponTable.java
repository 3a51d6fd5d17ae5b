package dev.weir.entitlement.subscription.persistence;

import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table of redeemed coupons. */
@Singleton
public class CouponTable {
    private final Sql sql;

    CouponTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Notes that a customer redeems a coupon for a subscription; answers since when it does, which for the same subscription is
     * the first time. Empty if it did for another.
     */
    public Optional<Instant> redeem(String customer, String coupon, UUID subscription, Instant at) {
        sql.update("""
                INSERT INTO coupon_use (customer, coupon, subscription, redeemed_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", customer, coupon, subscription, at);
        return sql.first(
                "SELECT redeemed_at FROM coupon_use WHERE customer = ? AND coupon = ? AND subscription = ?",
                row -> row.instant("redeemed_at"),
                customer,
                coupon,
                subscription);
    }
}
