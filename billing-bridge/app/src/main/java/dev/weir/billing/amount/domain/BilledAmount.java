package dev.weir.billing.amount.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that Weir has rated itself, to be on the customer's invoice: an absolute amount, of which the difference to what was
 * planned before is sent.
 *
 * @param key what it is for; the same key is the same amount, revised
 * @param customer the payer
 * @param feature null for a fee
 * @param quantity what was rated; null for a fee
 * @param amount in major units, rounded to the currency's minor unit
 */
public record BilledAmount(
        String key,
        String customer,
        UUID subscription,
        @Nullable String feature,
        String charge,
        String description,
        @Nullable BigDecimal quantity,
        BigDecimal amount,
        String currency,
        Instant from,
        Instant to) {
    public BilledAmount {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
    }
}
