package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.subscription.persistence.CouponTable;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds coupons in the catalog in force and redeems them, each once for a customer. */
@Singleton
class Coupons {
    private final CatalogReadModel catalog;
    private final KeyWait keyWait;
    private final CouponTable table;

    Coupons(CatalogReadModel catalog, KeyWait keyWait, CouponTable table) {
        this.catalog = catalog;
        this.keyWait = keyWait;
        this.table = table;
    }

    /** The coupon of that key; 422 UNKNOWN_COUPON if it does not arrive in time. Called before any lock is taken. */
    @Nullable
    Coupon await(@Nullable String key) {
        if (key == null) {
            return null;
        }
        return keyWait.forValue(
                        () -> catalog.inForce().map(known -> known.coupons().get(key)))
                .orElseThrow(() -> problem("UNKNOWN_COUPON", "is no coupon of the catalog in force"));
    }

    /**
     * Redeems a coupon for a subscription of a plan. 422 COUPON_NOT_FOR_PRODUCT, COUPON_CURRENCY_MISMATCH; 409 COUPON_REDEEMED if
     * the customer has had it on another subscription.
     */
    RedeemedCoupon redeem(Coupon coupon, PlanVersion plan, String customer, UUID subscription, Instant at) {
        if (!coupon.goesWith(plan.product())) {
            throw problem("COUPON_NOT_FOR_PRODUCT", "is not for " + plan.product());
        }
        Money off = coupon.amountOff();
        Set<String> currencies = currencies(plan);
        if (off != null && !currencies.isEmpty() && !currencies.contains(off.currency())) {
            throw problem("COUPON_CURRENCY_MISMATCH", "takes off " + off.currency() + ", the plan is in " + currencies);
        }
        return new RedeemedCoupon(
                coupon,
                table.redeem(customer, coupon.key(), subscription, at)
                        .orElseThrow(() -> Problem.conflict(
                                        "COUPON_REDEEMED", "the customer has redeemed " + coupon.key() + " before")
                                .error("coupon", "COUPON_REDEEMED", "was redeemed before")));
    }

    private static Set<String> currencies(PlanVersion plan) {
        Set<String> currencies = new TreeSet<>();
        for (Charge charge : plan.charges()) {
            currencies.add(charge.price().currency());
            charge.prices().forEach(local -> currencies.add(local.price().currency()));
        }
        return currencies;
    }

    private static Problem problem(String code, String detail) {
        return Problem.unprocessable(code, "the coupon " + detail).error("coupon", code, detail);
    }
}
