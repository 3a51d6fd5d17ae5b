package dev.weir.billing.amount.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An amount as it stands: what is planned, and what the provider says.
 *
 * @param wanted what it should be; sent when it is due
 * @param planned what the commands written so far add up to, in major units
 * @param provider what the provider has on its invoices for it; null = never read
 */
public record AmountLine(
        String key,
        String customer,
        UUID subscription,
        @Nullable String feature,
        String charge,
        String description,
        String currency,
        Instant from,
        Instant to,
        @Nullable BigDecimal quantity,
        long revision,
        BigDecimal wanted,
        BigDecimal planned,
        @Nullable BigDecimal provider,
        State state,
        int checks) {
    /** What it is for, as it is wanted. */
    public BilledAmount amount() {
        return new BilledAmount(
                key, customer, subscription, feature, charge, description, quantity, wanted, currency, from, to);
    }

    /** How planned and provider compare. */
    public enum State {
        /** Sent or being sent, not confirmed yet. */
        OPEN,
        /** The provider has what is planned. */
        CONFIRMED,
        /** The provider has something else. */
        DIFFERS
    }
}
