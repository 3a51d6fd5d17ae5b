package dev.weir.catalog.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a percentage or an amount off what a subscription is charged. Exactly one of {@code percentOff} and {@code amountOff}
 * is there.
 *
 * @param percentOff more than 0, at most 100
 * @param amountOff off each invoice; takes nothing off an amount in another currency
 * @param months for REPEATING: how many; null otherwise
 * @param products keys; empty = every product
 */
public record Coupon(
        String key,
        String name,
        @Nullable BigDecimal percentOff,
        @Nullable Money amountOff,
        CouponDuration duration,
        @Nullable Integer months,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> products) {
    public Coupon {
        Objects.requireNonNull(key, "key");
        name = name == null ? key : name;
        Objects.requireNonNull(duration, "duration");
        products = products == null ? List.of() : List.copyOf(products);
    }

    /** Whether the coupon is for a product. */
    public boolean goesWith(String product) {
        return products.isEmpty() || products.contains(product);
    }

    /**
     * What the coupon takes off an amount: never more than the amount, and rounded half up to the currency's minor unit.
     *
     * @param amount in major units, not negative
     * @throws IllegalArgumentException if the code is no currency
     */
    public BigDecimal off(BigDecimal amount, String currency) {
        BigDecimal percent = percentOff;
        Money money = amountOff;
        BigDecimal off = BigDecimal.ZERO;
        if (percent != null) {
            off = PriceRating.percent(amount, percent);
        } else if (money != null && money.currency().equals(currency)) {
            off = money.amount();
        }
        return off.setScale(CurrencyExponent.of(currency), RoundingMode.HALF_UP).min(amount);
    }
}
