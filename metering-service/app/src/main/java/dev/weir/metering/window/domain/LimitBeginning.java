package dev.weir.metering.window.domain;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A limit that begins in the middle of a period of a METERED feature that was unlimited before.
 *
 * @param periodFrom of the limit's period; null = it never resets
 * @param at when the limit begins
 */
public record LimitBeginning(
        String customer,
        String root,
        String feature,
        @Nullable String resource,
        @Nullable Instant periodFrom,
        Instant at,
        int scale) {
    public LimitBeginning {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(at, "at");
    }
}
