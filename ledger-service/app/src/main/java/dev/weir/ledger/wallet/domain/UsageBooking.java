package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.FeatureType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one operation booked into a window, as differences that may be negative. It holds that
 * enforced + reported = included + creditCovered + overage + overrun + unpriced. A raise that absorbs earlier overage is a
 * booking too: nothing enforced or reported, overage down, included up.
 *
 * @param enforced, reported usage on the two roads; METERED: atoms of the feature's scale, CREDIT: atoms of the credit unit
 * @param creditCovered METERED: the quantity that a {@code then} leg paid for; CREDIT: all that blocks and overdraft paid for
 * @param credits what was burned, by unit and category; overdraft counts as PAID
 * @param overrun what nobody but the vendor bears
 * @param unpriced usage to which nothing entitles; of a CREDIT feature always 0 (what has no price has no amount)
 * @param periodFrom the limit's period that it was booked in; null for CREDIT and for limits that never reset
 */
public record UsageBooking(
        UUID windowId,
        String customer,
        String root,
        String feature,
        FeatureType featureType,
        @Nullable String resource,
        Instant windowStart,
        Instant windowEnd,
        int scale,
        long enforced,
        long reported,
        long included,
        long creditCovered,
        List<BurnedCredit> credits,
        long overage,
        long overrun,
        long unpriced,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo) {

    /** Credit burned of one unit and category, in atoms of the unit; may be negative. */
    public record BurnedCredit(String unit, int scale, Category category, long amount) {}

    public UsageBooking {
        credits = List.copyOf(credits);
        if (enforced + reported != included + creditCovered + overage + overrun + unpriced) {
            throw new IllegalStateException(
                    "the parts of a booking in window " + windowId + " do not sum to " + (enforced + reported));
        }
    }
}
