package dev.weir.metering.meter.domain;

import dev.weir.catalog.contract.Aggregation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds readings into the value of their aggregation. The order in which readings come does not matter: LATEST goes by event
 * time, and by identity where times are equal.
 */
public final class Fold {

    private static final int AVERAGE_DECIMALS = 12;

    private final Aggregation aggregation;
    private final Set<String> keys = new HashSet<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;
    private @Nullable BigDecimal extreme;
    private @Nullable Instant latestAt;
    private @Nullable UUID latestIdentity;
    private BigDecimal latest = BigDecimal.ZERO;

    /** An empty fold, of value 0. */
    public Fold(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    /** Whether windows of this aggregation can be summed from their events alone, without the period before them. */
    public static boolean additive(Aggregation aggregation) {
        return switch (aggregation) {
            case SUM, COUNT -> true;
            case UNIQUE, MIN, MAX, AVG, LATEST -> false;
        };
    }

    /** Adds one thing to be counted once; for UNIQUE only. */
    public void addKey(String key) {
        count++;
        keys.add(key);
    }

    /** Adds one number; for all but UNIQUE. */
    public void add(BigDecimal value, Instant at, UUID identity) {
        count++;
        sum = sum.add(value);
        BigDecimal soFar = extreme;
        if (soFar == null
                || (aggregation == Aggregation.MAX ? value.compareTo(soFar) > 0 : value.compareTo(soFar) < 0)) {
            extreme = value;
        }
        if (isLater(at, identity)) {
            latestAt = at;
            latestIdentity = identity;
            latest = value;
        }
    }

    /** How many readings were added. */
    public long count() {
        return count;
    }

    /** The value so far; 0 before the first reading. An average keeps 12 decimals, half up. */
    public BigDecimal value() {
        BigDecimal smallestOrLargest = extreme;
        return switch (aggregation) {
            case SUM, COUNT -> sum;
            case UNIQUE -> BigDecimal.valueOf(keys.size());
            case MIN, MAX -> smallestOrLargest == null ? BigDecimal.ZERO : smallestOrLargest;
            case AVG ->
                count == 0
                        ? BigDecimal.ZERO
                        : sum.divide(BigDecimal.valueOf(count), AVERAGE_DECIMALS, RoundingMode.HALF_UP);
            case LATEST -> latest;
        };
    }

    private boolean isLater(Instant at, UUID identity) {
        Instant before = latestAt;
        UUID identityBefore = latestIdentity;
        if (before == null || identityBefore == null) {
            return true;
        }
        int order = at.compareTo(before);
        return order > 0 || (order == 0 && identity.compareTo(identityBefore) > 0);
    }
}
