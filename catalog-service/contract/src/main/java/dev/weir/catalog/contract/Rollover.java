package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of an unused grant lives on in the next period.
 *
 * @param max credits at most; null = all
 * @param duration ISO 8601, how long the rolled-over credit lives
 */
public record Rollover(@Nullable BigDecimal max, String duration) {
    public Rollover {
        Objects.requireNonNull(duration, "duration");
    }
}
