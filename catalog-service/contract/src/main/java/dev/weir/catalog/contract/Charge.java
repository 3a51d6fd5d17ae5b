package dev.weir.catalog.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or add-on costs.
 *
 * @param feature the METERED feature whose usage is priced; null for a fee
 * @param every ISO 8601 recurrence of a fee; null with a feature (billed each billing period)
 * @param measure which quantity of a LEVEL feature's period is priced; null for every other charge
 */
public record Charge(
        String key,
        @Nullable String feature,
        AppliesTo appliesTo,
        Price price,
        @Nullable String every,
        Billed billed,
        @Nullable Measure measure) {
    public Charge {
        Objects.requireNonNull(key, "key");
        appliesTo = appliesTo == null ? AppliesTo.ALL : appliesTo;
        Objects.requireNonNull(price, "price");
        Objects.requireNonNull(billed, "billed");
    }

    /** A charge that is not on a LEVEL feature. */
    public Charge(
            String key,
            @Nullable String feature,
            AppliesTo appliesTo,
            Price price,
            @Nullable String every,
            Billed billed) {
        this(key, feature, appliesTo, price, every, billed, null);
    }
}
