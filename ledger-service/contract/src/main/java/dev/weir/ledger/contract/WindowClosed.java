package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A window that ledger and metering agree on: the fact {@code ledger.window-closed.v1} (event id = {@code <windowId>:<revision>},
 * shard of the root). A later revision replaces an earlier one; totals are absolute. Identity that holds exactly:
 * metered = included + creditCovered + overage + overrun + waived + unpriced.
 *
 * @param windowId name-based: (customer, feature, resource, start)
 * @param revision counts this window's closings by the ledger, from 1: the highest is in force (a waiver closes again too)
 * @param meteringRevision metering's revision that was agreed to
 * @param featureType METERED: quantities in atoms of the feature's scale; CREDIT: in atoms of the credit unit
 * @param creditCovered METERED: the quantity that {@code then} legs covered; CREDIT: all that blocks paid for
 * @param credits what was burned, by unit and category (beside the quantities for METERED)
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
        long meteringRevision,
        int scale,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo,
        long metered,
        long included,
        long creditCovered,
        List<CreditsBurned> credits,
        long overage,
        long overrun,
        long waived,
        long unpriced) {
    public WindowClosed {
        Objects.requireNonNull(windowId, "windowId");
        credits = credits == null ? List.of() : List.copyOf(credits);
        if (metered != included + creditCovered + overage + overrun + waived + unpriced) {
            throw new IllegalArgumentException("the parts of window " + windowId + " do not sum to " + metered);
        }
    }
}
