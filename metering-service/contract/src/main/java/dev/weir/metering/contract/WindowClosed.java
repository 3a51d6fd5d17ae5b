package dev.weir.metering.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Metering's word on a window: the fact {@code metering.window-closed.v1} (event id = {@code <windowId>:<revision>}; shard of
 * the root). Totals are absolute; a later revision replaces an earlier one.
 *
 * @param featureType METERED: atoms of the feature's scale; CREDIT: atoms of the credit unit, rated by metering itself
 * @param reported reported usage; {@code reportedRevision} is the revision of the last {@link ReportedTotal} in it (0 = none)
 * @param enforced settled quantities
 * @param unpriced usage to which nothing entitles; in neither reported nor enforced, and the ledger has no booking of it
 * @param unlimited the feature has no limit here: the ledger has no window, the bridge bills from this one
 * @param contentHash SHA-256 over the sorted identities of the events counted
 */
public record WindowClosed(
        UUID windowId,
        String customer,
        String root,
        String feature,
        String featureType,
        @Nullable String resource,
        Instant start,
        Instant end,
        long revision,
        int scale,
        long reported,
        long reportedRevision,
        long enforced,
        long unpriced,
        long eventCount,
        String contentHash,
        boolean unlimited,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo) {
    public WindowClosed {
        Objects.requireNonNull(windowId, "windowId");
        Objects.requireNonNull(customer, "customer");
    }

    /** All usage of the window, what has no price included. */
    public long metered() {
        return Math.addExact(Math.addExact(reported, enforced), unpriced);
    }
}
