package dev.weir.gateway.engine;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What would change a denial.
 *
 * @param unit the credit unit, or the limited feature, that is short
 * @param shortBy how much is missing, in whole units
 * @param resetAt when the limit resets
 * @param quarantined how much is set aside for lapsed reservations whose fate is not known yet
 */
public record Remedy(
        @Nullable String unit,
        @Nullable BigDecimal shortBy,
        @Nullable Instant resetAt,
        @Nullable BigDecimal quarantined) {}
