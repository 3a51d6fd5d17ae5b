package dev.weir.metering.event.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a settled reservation said of an event: it was enforced in this feature, with this quantity, in this window. None of
 * it is resolved or rated again.
 *
 * @param quantity atoms of 10^-scale
 * @param alreadyCharged the ledger had charged the reported event before: the settle counts nothing
 */
public record Settlement(
        UUID reservation,
        String feature,
        String featureType,
        String root,
        @Nullable String resource,
        long quantity,
        int scale,
        Instant effectiveAt,
        boolean unlimited,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo,
        Instant windowStart,
        Instant windowEnd,
        boolean alreadyCharged) {
    public Settlement {
        Objects.requireNonNull(reservation, "reservation");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(featureType, "featureType");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(effectiveAt, "effectiveAt");
        Objects.requireNonNull(windowStart, "windowStart");
        Objects.requireNonNull(windowEnd, "windowEnd");
    }
}
