package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reversal as it is listed; the quantity in atoms of 10^-scale. */
public record ListedReversal(
        UUID id,
        String source,
        String event,
        String feature,
        long quantity,
        int scale,
        @Nullable String reason,
        String actor,
        Instant at) {}
