package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block under its wallet's lock. What was granted never changes; it is always the sum of what remains, is closing, was
 * consumed, expired, was voided and was moved out. Only {@link WalletBook} moves amounts, so that every change has its
 * journal row.
 */
public final class Block {
    private final UUID id;
    private final UUID wallet;
    private final BlockTerms terms;
    private final Instant effectiveAt;
    private final long granted;
    private final Instant createdAt;
    private final boolean fresh;

    @Nullable
    Instant expiresAt;

    @Nullable
    Instant closesAt;

    BlockStatus status;
    long remaining;
    long held;
    long consumed;
    long expired;
    long voided;
    long closing;
    long movedOut;
    boolean changed;
    // Of what is held: voided when it comes back, with so much money.
    long voidDue;
    long refundDue;
    // Of what is voided: taken back for good, so that it still counts as issued.
    long voidedForGood;
    long costRefunded;
    long costMoved;
    // Of what is not there any more, used or ended: charged back all the same.
    long chargedBack;

    /** What stands in a block's accounts. */
    public record Amounts(
            long remaining, long held, long consumed, long expired, long voided, long closing, long movedOut) {}

    /**
     * What was taken back of a block, or will be, beside the amounts.
     *
     * @param voidDue of what is held: voided when it comes back
     * @param refundDue minor units that are paid back with it
     * @param voidedForGood of what is voided: still counts as issued, so that nothing is issued again in its place
     * @param costRefunded minor units paid back
     * @param costMoved minor units of cost that went on with credit that moved to other blocks
     * @param chargedBack of what is not there any more, used or ended: charged back all the same, so that it is not again
     */
    public record TakenBack(
            long voidDue, long refundDue, long voidedForGood, long costRefunded, long costMoved, long chargedBack) {}

    /** A new block, PENDING until its wallet opens it. */
    public Block(
            UUID wallet,
            BlockTerms terms,
            long granted,
            Instant effectiveAt,
            @Nullable Instant expiresAt,
            @Nullable Instant closesAt,
            Instant createdAt) {
        this(
                terms.idIn(wallet),
                wallet,
                terms,
                granted,
                effectiveAt,
                expiresAt,
                closesAt,
                createdAt,
                BlockStatus.PENDING,
                new Amounts(granted, 0, 0, 0, 0, 0, 0),
                true);
    }

    /** A stored block. */
    public Block(
            UUID id,
            UUID wallet,
            BlockTerms terms,
            long granted,
            Instant effectiveAt,
            @Nullable Instant expiresAt,
            @Nullable Instant closesAt,
            Instant createdAt,
            BlockStatus status,
            Amounts amounts) {
        this(id, wallet, terms, granted, effectiveAt, expiresAt, closesAt, createdAt, status, amounts, false);
    }

    private Block(
            UUID id,
            UUID wallet,
            BlockTerms terms,
            long granted,
            Instant effectiveAt,
            @Nullable Instant expiresAt,
            @Nullable Instant closesAt,
            Instant createdAt,
            BlockStatus status,
            Amounts amounts,
            boolean fresh) {
        if (granted <= 0) {
            throw new IllegalArgumentException("a block grants more than nothing, not " + granted);
        }
        this.id = id;
        this.wallet = wallet;
        this.terms = Objects.requireNonNull(terms, "terms");
        this.granted = granted;
        this.effectiveAt = Objects.requireNonNull(effectiveAt, "effectiveAt");
        this.expiresAt = expiresAt;
        this.closesAt = closesAt;
        this.createdAt = createdAt;
        this.status = status;
        this.remaining = amounts.remaining();
        this.held = amounts.held();
        this.consumed = amounts.consumed();
        this.expired = amounts.expired();
        this.voided = amounts.voided();
        this.closing = amounts.closing();
        this.movedOut = amounts.movedOut();
        this.fresh = fresh;
        this.changed = fresh;
    }

    /** The same stored block with what was taken back of it. */
    public Block withTakenBack(TakenBack stored) {
        voidDue = stored.voidDue();
        refundDue = stored.refundDue();
        voidedForGood = stored.voidedForGood();
        costRefunded = stored.costRefunded();
        costMoved = stored.costMoved();
        chargedBack = stored.chargedBack();
        return this;
    }

    public TakenBack takenBack() {
        return new TakenBack(voidDue, refundDue, voidedForGood, costRefunded, costMoved, chargedBack);
    }

    public UUID id() {
        return id;
    }

    public UUID wallet() {
        return wallet;
    }

    public BlockTerms terms() {
        return terms;
    }

    public BlockSource source() {
        return terms.source();
    }

    public Category category() {
        return terms.category();
    }

    public Instant effectiveAt() {
        return effectiveAt;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** Until then, once it has ended, it may pay for reported usage of its time. */
    public @Nullable Instant closesAt() {
        return closesAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public BlockStatus status() {
        return status;
    }

    public long granted() {
        return granted;
    }

    public long remaining() {
        return remaining;
    }

    public long held() {
        return held;
    }

    public long consumed() {
        return consumed;
    }

    public long expired() {
        return expired;
    }

    public long voided() {
        return voided;
    }

    public long closing() {
        return closing;
    }

    public long movedOut() {
        return movedOut;
    }

    /** Not stored yet. */
    public boolean fresh() {
        return fresh;
    }

    /** Differs from what is stored. */
    public boolean changed() {
        return changed;
    }

    /** What one may still hold or spend of a live block. */
    public long free() {
        return remaining - held;
    }

    /**
     * What its source has given net of what a cut took back: counts against double issue. What a person took back for good
     * counts as given.
     */
    public long issued() {
        return granted - voided + voidedForGood;
    }

    /** What of its cost is neither paid back, nor will be, nor gone on with credit that moved away; minor units. */
    public long netCost() {
        return terms.costTotal() - costRefunded - refundDue - costMoved;
    }

    /** The share of {@link #netCost} that goes with so much of what is neither taken back nor moved away, rounded down. */
    public long costOf(long amount) {
        long base = granted - voided - voidDue - movedOut;
        return base == 0 ? 0 : Spans.share(netCost(), amount, base);
    }

    /** What may still be charged back: all that it has given and that was not taken back or moved on. */
    public long chargeable() {
        return Math.max(0, granted - voided - movedOut - voidDue - chargedBack);
    }

    /** The plain share of its cost that goes with so much of what it was granted, rounded down; at most what is not paid back. */
    public long paidFor(long amount) {
        long base = granted - movedOut;
        return base == 0 ? 0 : Math.min(netCost(), Spans.share(terms.costTotal() - costMoved, amount, base));
    }

    /** Whether that feature may draw on it; null asks for no feature in particular. */
    public boolean serves(@Nullable String feature) {
        List<String> features = terms.features();
        return features == null || feature == null || features.contains(feature);
    }

    /** Whether its validity holds the instant: half-open. */
    public boolean validAt(Instant instant) {
        return !instant.isBefore(effectiveAt) && (expiresAt == null || instant.isBefore(expiresAt));
    }

    /** The first invariant of the ledger. */
    void requireConserved() {
        if (granted != remaining + closing + consumed + expired + voided + movedOut
                || held < 0
                || held > remaining
                || closing < 0
                || consumed < 0
                || expired < 0
                || voided < 0
                || movedOut < 0
                || voidDue < 0
                || voidDue > held
                || voidedForGood > voided
                || chargedBack < 0
                || netCost() < 0) {
            throw new IllegalStateException("block " + id + " does not hold together: granted " + granted
                    + ", remaining " + remaining + ", held " + held + ", closing " + closing + ", consumed " + consumed
                    + ", expired " + expired + ", voided " + voided + ", moved out " + movedOut);
        }
    }
}
