package dev.weir.ledger.wallet.domain;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One move of one amount between two accounts of a wallet: the only way anything changes. Rows are never changed.
 *
 * @param seq counts the wallet's rows from 1 without gap
 * @param customer the beneficiary; not the wallet's owner where a child draws on its root
 * @param heldAfter in blocks and in overage or overdraft room
 * @param effectiveAt the usage's or the block's own time; balances go by postedAt, which is strictly increasing
 * @param late reported usage that no block of its own time paid for, or a settle after the hold was closed
 * @param meta facts that no column has, by name, such as {@code refundMinor}; hashed but for {@link #REASON}, which may have to be
 *     erased
 * @param hash SHA-256 over the previous row's hash and {@link JournalEncoding}
 */
public record JournalRow(
        UUID wallet,
        long seq,
        UUID transaction,
        String customer,
        MoveKind kind,
        Account from,
        Account to,
        long amount,
        @Nullable UUID block,
        @Nullable UUID reservation,
        @Nullable Long reversesSeq,
        byte @Nullable [] chargeKey,
        @Nullable String feature,
        @Nullable String resource,
        @Nullable String rateVersion,
        @Nullable Instant windowStart,
        @Nullable Instant periodFrom,
        long availableAfter,
        long heldAfter,
        long overdraftAfter,
        @Nullable Long blockRemainingAfter,
        Instant effectiveAt,
        Instant postedAt,
        boolean late,
        String operationKey,
        String actor,
        @Nullable String eventSource,
        @Nullable String eventId,
        Map<String, String> meta,
        byte[] hash) {

    /** Why somebody did it, in their words: the one fact that is not hashed. */
    public static final String REASON = "reason";

    /** Minor units of its block's currency that the row gives back. */
    public static final String REFUND = "refundMinor";

    /** Minor units of its block's cost that go with what the row moves to another block. */
    public static final String COST = "costMinor";

    /** Minor units that a customer owes for credit that was charged back after it had been used. */
    public static final String RECEIVABLE = "receivableMinor";

    /** A row without facts of its own. */
    public JournalRow(
            UUID wallet,
            long seq,
            UUID transaction,
            String customer,
            MoveKind kind,
            Account from,
            Account to,
            long amount,
            @Nullable UUID block,
            @Nullable UUID reservation,
            @Nullable Long reversesSeq,
            byte @Nullable [] chargeKey,
            @Nullable String feature,
            @Nullable String resource,
            @Nullable String rateVersion,
            @Nullable Instant windowStart,
            @Nullable Instant periodFrom,
            long availableAfter,
            long heldAfter,
            long overdraftAfter,
            @Nullable Long blockRemainingAfter,
            Instant effectiveAt,
            Instant postedAt,
            boolean late,
            String operationKey,
            String actor,
            @Nullable String eventSource,
            @Nullable String eventId,
            byte[] hash) {
        this(
                wallet,
                seq,
                transaction,
                customer,
                kind,
                from,
                to,
                amount,
                block,
                reservation,
                reversesSeq,
                chargeKey,
                feature,
                resource,
                rateVersion,
                windowStart,
                periodFrom,
                availableAfter,
                heldAfter,
                overdraftAfter,
                blockRemainingAfter,
                effectiveAt,
                postedAt,
                late,
                operationKey,
                actor,
                eventSource,
                eventId,
                Map.of(),
                hash);
    }

    /** The facts that are hashed, in the order of their names. */
    public SortedMap<String, String> hashedMeta() {
        SortedMap<String, String> hashed = new TreeMap<>(meta);
        hashed.remove(REASON);
        return hashed;
    }

    /** A fact that counts minor units; 0 if the row does not have it. */
    public long minor(String fact) {
        String text = meta.get(fact);
        return text == null ? 0 : Long.parseLong(text);
    }

    JournalRow withHash(byte[] newHash) {
        return new JournalRow(
                wallet,
                seq,
                transaction,
                customer,
                kind,
                from,
                to,
                amount,
                block,
                reservation,
                reversesSeq,
                chargeKey,
                feature,
                resource,
                rateVersion,
                windowStart,
                periodFrom,
                availableAfter,
                heldAfter,
                overdraftAfter,
                blockRemainingAfter,
                effectiveAt,
                postedAt,
                late,
                operationKey,
                actor,
                eventSource,
                eventId,
                meta,
                newHash);
    }
}
