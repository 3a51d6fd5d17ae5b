package dev.weir.ledger.threshold.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A balance at which somebody wants to be told.
 *
 * @param amount atoms; null for a percentage
 * @param percent of what the live blocks were granted, more than 0 and at most 100; null for an amount
 */
public record Threshold(
        String name, @Nullable Long amount, @Nullable BigDecimal percent) {
    public Threshold {
        if ((amount == null) == (percent == null)) {
            throw new IllegalArgumentException("a threshold is an amount or a percentage");
        }
    }

    /** Where it lies for blocks that were granted so much in all; rounded down. */
    public long at(long granted) {
        Long fixed = amount;
        if (fixed != null) {
            return fixed;
        }
        BigDecimal share = percent == null ? BigDecimal.ZERO : percent;
        return share.multiply(new BigDecimal(BigInteger.valueOf(granted)))
                .movePointLeft(2)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    /** Whether an operation crossed it from above. */
    public boolean crossed(Balance before, Balance after) {
        return before.available() > at(before.granted()) && after.available() <= at(after.granted());
    }
}
