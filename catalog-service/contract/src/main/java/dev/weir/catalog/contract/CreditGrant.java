package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Credit that a plan, add-on or trial gives.
 *
 * @param key unique in its source; a child plan's grant with the same key replaces its parent's
 * @param amount credits, a decimal with at most the unit's scale
 * @param every ISO 8601 recurrence; null for a one-off grant
 * @param once true for a one-off grant
 * @param priority 0 burns first; 50 is the default
 * @param expiresAfter ISO 8601; null: a recurring grant ends with its period, a one-off grant of a trial with the trial, any other never
 * @param value cost basis of the whole grant; null = 0 (always for PROMOTIONAL)
 * @param price what a one-off pack is sold for
 * @param recognition when the cost basis becomes revenue; null = USAGE
 */
public record CreditGrant(
        String key,
        String unit,
        BigDecimal amount,
        @Nullable String every,
        boolean once,
        Category category,
        int priority,
        GrantOn grantOn,
        @Nullable String expiresAfter,
        @Nullable Money value,
        @Nullable Money price,
        @Nullable Rollover rollover,
        @Nullable PerSeat perSeat,
        @Nullable Recognition recognition) {
    public CreditGrant {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(category, "category");
        grantOn = grantOn == null ? GrantOn.PERIOD_START : grantOn;
    }

    /** A grant whose cost basis is recognized by usage. */
    public CreditGrant(
            String key,
            String unit,
            BigDecimal amount,
            @Nullable String every,
            boolean once,
            Category category,
            int priority,
            GrantOn grantOn,
            @Nullable String expiresAfter,
            @Nullable Money value,
            @Nullable Money price,
            @Nullable Rollover rollover,
            @Nullable PerSeat perSeat) {
        this(
                key,
                unit,
                amount,
                every,
                once,
                category,
                priority,
                grantOn,
                expiresAfter,
                value,
                price,
                rollover,
                perSeat,
                null);
    }
}
