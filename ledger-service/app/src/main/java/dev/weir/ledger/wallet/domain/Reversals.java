package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.ledger.contract.BlockSource;
import dev.weir.ledger.contract.BlockStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Usage taken back, to where it came from. What goes back to a block that has ended does not come to life again. */
public final class Reversals {

    private Reversals() {}

    /** Back to a block. */
    public static void reverse(WalletBook book, Block block, long amount, MoveContext context) {
        WalletBook.require(amount <= block.consumed, block, "has not consumed that much");
        block.consumed -= amount;
        block.changed = true;
        Account to = Account.AVAILABLE;
        if (block.status == BlockStatus.ACTIVE) {
            block.remaining += amount;
            book.move(amount, 0);
        } else if (block.status == BlockStatus.CLOSING) {
            block.closing += amount;
            to = Account.CLOSING;
        } else {
            block.expired += amount;
            to = Account.EXPIRED;
        }
        book.post(MoveKind.REVERSE, Account.CONSUMED, to, amount, block, null, context);
    }

    /**
     * Onto a new block, in the place of one that has ended: with its share of the cost, until then.
     *
     * @return the new block
     */
    public static Block revive(
            WalletBook book, Block block, long amount, Instant expiresAt, Duration closing, MoveContext context) {
        WalletBook.require(amount <= block.consumed, block, "has not consumed that much");
        long cost = block.costOf(amount);
        block.consumed -= amount;
        block.movedOut += amount;
        block.costMoved += cost;
        block.changed = true;
        book.post(
                MoveKind.TRANSFER,
                Account.CONSUMED,
                Account.TRANSFER,
                amount,
                block,
                null,
                TakeBacks.withCost(context, block, cost));
        Block child = Moves.child(
                block,
                book.id(),
                BlockSource.TRANSFER,
                context.transaction() + "|" + block.id() + "|" + context.reversesSeq(),
                amount,
                cost,
                expiresAt,
                closing,
                context);
        book.issue(child, context.reversing(null));
        return child;
    }

    /**
     * Credit given because what was taken back has nowhere to go.
     *
     * @param expiresAt null = never
     */
    public static Block goodwill(
            WalletBook book, long amount, @Nullable Instant expiresAt, Duration closing, MoveContext context) {
        BlockTerms terms = new BlockTerms(
                BlockSource.GOODWILL,
                context.transaction() + "|" + context.reversesSeq(),
                0,
                null,
                Category.PROMOTIONAL,
                BlockTerms.DEFAULT_PRIORITY,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                context.meta().get(JournalRow.REASON),
                null);
        Block block = new Block(
                book.id(),
                terms,
                amount,
                context.now(),
                expiresAt,
                expiresAt == null ? null : expiresAt.plus(closing),
                context.now());
        book.issue(block, context.reversing(null));
        return block;
    }

    /** Less debt. */
    public static void debt(WalletBook book, long amount, MoveContext context) {
        book.owe(-amount);
        book.post(MoveKind.REVERSE, Account.CONSUMED, Account.OVERDRAFT, amount, null, null, context);
    }

    /** Debt that was repaid since: the usage is undone, what repaid it is not. */
    public static void repaid(WalletBook book, long amount, MoveContext context) {
        book.post(MoveKind.REVERSE, Account.CONSUMED, Account.VOIDED, amount, null, null, context);
    }

    /** Less overage. */
    public static void overage(WalletBook book, LimitPeriod period, long amount, MoveContext context) {
        period.overage -= amount;
        period.changed = true;
        book.post(MoveKind.REVERSE, Account.CONSUMED, Account.OVERAGE, amount, null, period, context);
    }

    /** Less overrun. */
    public static void overrun(WalletBook book, @Nullable LimitPeriod period, long amount, MoveContext context) {
        if (period != null) {
            period.overrun -= amount;
            period.changed = true;
        }
        book.post(MoveKind.REVERSE, Account.CONSUMED, Account.OVERRUN, amount, null, period, context);
    }
}
