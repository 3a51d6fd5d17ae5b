package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Usage was taken back, wholly or in part, onto what it had been drawn from: the fact {@code ledger.usage-reversed.v1} (id = the
 * reversal's, shard of the root). Metering counts so much less of the event in the feature, in the window that it counts it in.
 *
 * @param source with {@code id}: the usage event
 * @param reservation whose settlement is reversed; null for reported usage
 * @param quantity atoms of 10^-scale in the feature's own measure (credits for a CREDIT feature), more than 0; further
 *     reversals of the same event add up
 * @param windowStart key of the window that it was booked in
 */
public record UsageReversed(
        UUID reversal,
        String customer,
        String root,
        @Nullable String resource,
        String source,
        String id,
        String feature,
        String featureType,
        @Nullable UUID reservation,
        long quantity,
        int scale,
        Instant windowStart,
        Instant effectiveAt,
        Instant reversedAt) {
    public UsageReversed {
        Objects.requireNonNull(reversal, "reversal");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(feature, "feature");
    }
}
