package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CouponDuration;
import dev.weir.entitlement.contract.RedeemedCoupon;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the fees of one currency and recurrence sum up to without and with a change, the coupon taken off. Charges on usage are
 * not in it, nor is the proration of the period in which the change falls.
 *
 * @param every ISO 8601; null = due once
 */
public record PriceChange(
        String currency, @Nullable String every, BigDecimal before, BigDecimal after, BigDecimal difference) {

    /** Fees and what is taken off them. */
    record Side(Map<String, PricedCharge> charges, @Nullable RedeemedCoupon coupon) {}

    private record Kind(String currency, String every) {}

    static List<PriceChange> between(Side before, Side after, Instant at, ZoneId zone) {
        TreeSet<Kind> kinds = new TreeSet<>(Comparator.comparing(Kind::currency).thenComparing(Kind::every));
        kinds(before, kinds);
        kinds(after, kinds);
        List<PriceChange> changes = new ArrayList<>();
        for (Kind kind : kinds) {
            BigDecimal less = sum(before, kind, at, zone);
            BigDecimal more = sum(after, kind, at, zone);
            String every = kind.every().isEmpty() ? null : kind.every();
            changes.add(new PriceChange(kind.currency(), every, less, more, more.subtract(less)));
        }
        return changes;
    }

    private static void kinds(Side side, TreeSet<Kind> kinds) {
        side.charges().values().stream()
                .filter(charge -> charge.amount() != null)
                .map(PriceChange::kind)
                .forEach(kinds::add);
    }

    private static Kind kind(PricedCharge priced) {
        return new Kind(
                priced.price().currency(),
                Objects.requireNonNullElse(priced.charge().every(), ""));
    }

    private static BigDecimal sum(Side side, Kind kind, Instant at, ZoneId zone) {
        BigDecimal sum = side.charges().values().stream()
                .filter(charge -> charge.amount() != null && kind(charge).equals(kind))
                .map(charge -> Objects.requireNonNull(charge.amount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        RedeemedCoupon redeemed = side.coupon();
        if (redeemed == null || !isInForce(redeemed, at, zone)) {
            return sum;
        }
        return sum.subtract(redeemed.coupon().off(sum, kind.currency()));
    }

    private static boolean isInForce(RedeemedCoupon redeemed, Instant at, ZoneId zone) {
        Coupon coupon = redeemed.coupon();
        Integer months = coupon.months();
        if (coupon.duration() == CouponDuration.REPEATING && months != null) {
            return at.isBefore(
                    redeemed.redeemedAt().atZone(zone).plusMonths(months).toInstant());
        }
        return coupon.duration() == CouponDuration.FOREVER || !at.isAfter(redeemed.redeemedAt());
    }
}
