package dev.weir.ledger.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Enforced usage: the fact {@code ledger.reservation-settled.v1} (event id = {@code <reservation>:settled}, shard of the root).
 * Metering counts {@code quantity} in the settled feature and aggregates {@code data} in every other meter.
 *
 * @param source with {@code id} the identity of the usage event; {@code weir:reservation} and the reservation's id where the
 *     caller gave none
 * @param type CloudEvents type: the feature's event type or its meter's
 * @param data the event's data; the settle's dimensions where it has none (values as text or numbers)
 * @param dimensions what the settle said was used; empty for a plain quantity
 * @param effectiveAt the event's time, else the settle's
 * @param feature the settled feature; quantity is in its own measure: atoms of the credit unit for CREDIT, of the feature's
 *     scale for METERED
 * @param windowStart the key of the window it was booked in
 * @param alreadyCharged true when the same event was charged before by report: nothing was spent, metering must not count it twice
 */
public record ReservationSettled(
        UUID reservation,
        String customer,
        String root,
        @Nullable String resource,
        String source,
        String id,
        @Nullable String type,
        Map<String, Object> data,
        Map<String, String> dimensions,
        Instant effectiveAt,
        String feature,
        String featureType,
        long quantity,
        int scale,
        boolean unlimited,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash,
        @Nullable Instant periodFrom,
        @Nullable Instant periodTo,
        @Nullable String rateVersion,
        Instant windowStart,
        Instant windowEnd,
        boolean alreadyCharged,
        List<Spent> spent) {
    public ReservationSettled {
        Objects.requireNonNull(reservation, "reservation");
        data = data == null ? Map.of() : data;
        dimensions = dimensions == null ? Map.of() : Map.copyOf(dimensions);
        spent = spent == null ? List.of() : List.copyOf(spent);
    }
}
