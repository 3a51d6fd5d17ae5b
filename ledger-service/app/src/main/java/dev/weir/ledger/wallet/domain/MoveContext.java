package dev.weir.ledger.wallet.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the moves of one operation have in common.
 *
 * @param now the database's clock when the wallets were locked
 * @param effectiveAt the usage's own time
 * @param windowStart key of the window that usage is booked in
 */
public record MoveContext(
        UUID transaction,
        String customer,
        @Nullable UUID reservation,
        byte @Nullable [] chargeKey,
        @Nullable String feature,
        @Nullable String resource,
        @Nullable String rateVersion,
        @Nullable Instant windowStart,
        Instant effectiveAt,
        Instant now,
        boolean late,
        String operationKey,
        String actor,
        @Nullable String eventSource,
        @Nullable String eventId) {
    public MoveContext {
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(now, "now");
    }

    /** For what happens by itself: a period opens, a block ends, a limit is raised or cut. */
    public static MoveContext timeline(String root, UUID transaction, Instant effectiveAt, Instant now) {
        return new MoveContext(
                transaction,
                root,
                null,
                null,
                null,
                null,
                null,
                null,
                effectiveAt,
                now,
                false,
                "timeline",
                "weir",
                null,
                null);
    }

    /** The same on behalf of a reservation. */
    public MoveContext forReservation(UUID id, String beneficiary) {
        return new MoveContext(
                transaction,
                beneficiary,
                id,
                chargeKey,
                feature,
                resource,
                rateVersion,
                windowStart,
                effectiveAt,
                now,
                late,
                operationKey,
                actor,
                eventSource,
                eventId);
    }

    /** The same for usage that no block of its own time pays for. */
    public MoveContext asLate() {
        return new MoveContext(
                transaction,
                customer,
                reservation,
                chargeKey,
                feature,
                resource,
                rateVersion,
                windowStart,
                effectiveAt,
                now,
                true,
                operationKey,
                actor,
                eventSource,
                eventId);
    }
}
