package dev.weir.ledger.wallet.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the moves of one operation have in common.
 *
 * @param now the database's clock when the wallets were locked
 * @param effectiveAt the usage's own time
 * @param windowStart key of the window that usage is booked in
 * @param meta facts that the rows bear
 * @param reversesSeq the row of the wallet that is reversed
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
        @Nullable String eventId,
        Map<String, String> meta,
        @Nullable Long reversesSeq) {
    public MoveContext {
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(now, "now");
        meta = Map.copyOf(meta);
    }

    /** Without facts of its own. */
    public MoveContext(
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
        this(
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
                late,
                operationKey,
                actor,
                eventSource,
                eventId,
                Map.of(),
                null);
    }

    /** What an operator does by hand: no usage, no reservation. */
    public static MoveContext byHand(
            UUID transaction,
            String customer,
            Instant now,
            String operationKey,
            String actor,
            @Nullable String reason) {
        return new MoveContext(
                transaction,
                customer,
                null,
                null,
                null,
                null,
                null,
                null,
                now,
                now,
                false,
                operationKey,
                actor,
                null,
                null,
                reason == null ? Map.of() : Map.of(JournalRow.REASON, reason),
                null);
    }

    /** The same with one more fact. */
    public MoveContext with(String fact, String text) {
        Map<String, String> more = new HashMap<>(meta);
        more.put(fact, text);
        return with(more, reversesSeq);
    }

    /** The same on behalf of a feature. */
    public MoveContext forFeature(String key) {
        return new MoveContext(
                transaction,
                customer,
                reservation,
                chargeKey,
                key,
                resource,
                rateVersion,
                windowStart,
                effectiveAt,
                now,
                late,
                operationKey,
                actor,
                eventSource,
                eventId,
                meta,
                reversesSeq);
    }

    /** The same as the reversal of a row of the wallet; null = of none. */
    public MoveContext reversing(@Nullable Long seq) {
        return with(meta, seq);
    }

    private MoveContext with(Map<String, String> facts, @Nullable Long reverses) {
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
                late,
                operationKey,
                actor,
                eventSource,
                eventId,
                facts,
                reverses);
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
                eventId,
                meta,
                reversesSeq);
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
                eventId,
                meta,
                reversesSeq);
    }

    /**
     * The row of a move that has been made, its hash still missing. The time of posting is forced to grow strictly.
     *
     * @param head the wallet after the move
     * @param period of overage or overrun; a block knows its own
     */
    JournalRow row(
            UUID wallet,
            WalletHead head,
            MoveKind kind,
            Account from,
            Account to,
            long amount,
            @Nullable Block block,
            @Nullable LimitPeriod period) {
        Instant posted = now.truncatedTo(ChronoUnit.MICROS);
        Instant last = head.lastPostedAt();
        if (last != null && !posted.isAfter(last)) {
            posted = last.plus(1, ChronoUnit.MICROS);
        }
        @Nullable
        Instant periodFrom = block != null ? block.terms().periodFrom() : period == null ? null : period.from();
        return new JournalRow(
                wallet,
                head.seq() + 1,
                transaction,
                customer,
                kind,
                from,
                to,
                amount,
                block == null ? null : block.id(),
                reservation,
                reversesSeq,
                chargeKey,
                feature,
                resource,
                rateVersion,
                windowStart,
                periodFrom,
                head.available(),
                head.held() + head.overageHeld() + head.overdraftHeld(),
                head.overdraft(),
                block == null ? null : block.remaining(),
                effectiveAt.truncatedTo(ChronoUnit.MICROS),
                posted,
                late,
                operationKey,
                actor,
                eventSource,
                eventId,
                meta,
                new byte[0]);
    }
}
