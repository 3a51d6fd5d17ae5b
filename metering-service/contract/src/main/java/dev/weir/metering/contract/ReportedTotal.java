package dev.weir.metering.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reported usage of a METERED feature in a window, as an absolute total: the state {@code metering.reported-total.v1}
 * (aggregate id = window id, aggregate version = {@link #revision}; shard of the root). The ledger books the difference to
 * what it booked before, so repeats and disorder do no harm. It may be negative (LATEST).
 *
 * @param total atoms of the feature's scale
 * @param latestEventAt the latest event time in it; usage draws on what was valid then
 */
public record ReportedTotal(
        UUID windowId,
        String customer,
        String root,
        @Nullable String resource,
        String feature,
        Instant start,
        Instant end,
        long revision,
        long total,
        int scale,
        Instant latestEventAt) {
    public ReportedTotal {
        Objects.requireNonNull(windowId, "windowId");
        Objects.requireNonNull(customer, "customer");
    }
}
