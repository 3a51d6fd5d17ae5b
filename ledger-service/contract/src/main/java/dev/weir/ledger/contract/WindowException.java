package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A window on which ledger and metering do not agree, or which only one of them has: the state
 * {@code ledger.window-exception.v1} (aggregate id = window id, aggregate version counts changes; shard of the root). It is
 * published again with {@code open = false} when the window closes after all.
 *
 * @param ledgerEnforced, meteringEnforced totals of enforced usage; ledgerReported, meteringReported of reported usage, in atoms
 * @param included, creditCovered, overage, overrun, waived, unpriced the parts of what the ledger booked, as in {@link WindowClosed}
 * @param meteringRevision the last revision that metering closed; 0 = none
 */
public record WindowException(
        UUID windowId,
        String customer,
        String root,
        String feature,
        String featureType,
        @Nullable String resource,
        Instant start,
        Instant end,
        int scale,
        Reason reason,
        boolean open,
        long meteringRevision,
        long ledgerEnforced,
        long meteringEnforced,
        long ledgerReported,
        long meteringReported,
        long included,
        long creditCovered,
        long overage,
        long overrun,
        long waived,
        long unpriced,
        Instant firstSeen) {
    /** What is wrong. */
    public enum Reason {
        ENFORCED_DIFFERS,
        REPORTED_DIFFERS,
        ONLY_LEDGER,
        ONLY_METERING
    }

    public WindowException {
        Objects.requireNonNull(windowId, "windowId");
        Objects.requireNonNull(reason, "reason");
    }
}
