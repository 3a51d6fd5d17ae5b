package dev.weir.ledger.posting.domain;

import dev.weir.ledger.posting.domain.Outcome.LegSpend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Enforced usage that a settle has booked: what the fact about it says.
 *
 * @param afterCapture the rest beyond what was captured when nobody reported in time
 */
public record SettledUsage(
        Hold hold,
        String source,
        String id,
        Map<String, Object> data,
        Map<String, String> dimensions,
        Instant effectiveAt,
        long quantity,
        UsagePlace place,
        boolean alreadyCharged,
        boolean afterCapture,
        List<LegSpend> spent) {

    /** Where usage belongs: the window, and whose plan and period it counts in. */
    public record UsagePlace(
            Instant windowStart,
            Instant windowEnd,
            java.util.@Nullable UUID subscription,
            @Nullable String plan,
            int planVersion,
            @Nullable String planHash,
            @Nullable Instant periodFrom,
            @Nullable Instant periodTo) {}
}
