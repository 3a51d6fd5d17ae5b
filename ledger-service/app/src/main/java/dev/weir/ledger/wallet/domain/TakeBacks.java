package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;

/**
 * Credit taken back from its block by a person: voided, refunded, charged back. What is held cannot be taken from under the use
 * it is held for; it is marked, and voided when it comes back. What is used of it by then is no longer taken back.
 */
public final class TakeBacks {
    /** How much of a row's amount, still held, will be voided when it comes back. */
    public static final String VOID_DUE = "voidDue";

    /** Minor units that are paid back with it. */
    public static final String REFUND_DUE = "refundDueMinor";

    /** Marks a void that still counts as issued: nothing is issued again in its place. */
    public static final String FOR_GOOD = "forGood";

    /** How much that was used or has ended is charged back with the row. */
    public static final String CHARGED_BACK = "chargedBack";

    private TakeBacks() {}

    /**
     * Voids free credit of a live block, or the whole of one that has not begun; nothing of one that has ended, whose row only
     * says what is paid back.
     *
     * @param kind VOID, REFUND or CLAW_BACK
     * @param refundMinor paid back for it
     * @param forGood whether it still counts as issued
     */
    public static void take(
            WalletBook book,
            Block block,
            long amount,
            MoveKind kind,
            long refundMinor,
            boolean forGood,
            MoveContext context) {
        WalletBook.require(amount <= block.free(), block, "has not that much free");
        boolean begun = block.status == BlockStatus.ACTIVE;
        boolean whole = block.status == BlockStatus.PENDING && amount == block.granted();
        WalletBook.require(begun || whole || amount == 0, block, "has ended or not begun");
        block.remaining -= amount;
        if (begun) {
            book.move(-amount, 0);
        }
        voided(book, block, whole ? Account.ISSUANCE : Account.AVAILABLE, amount, kind, refundMinor, forGood, context);
    }

    /** Marks held credit: so much of it is voided when it comes back, and so much money is paid back with it. */
    public static void mark(WalletBook book, Block block, long amount, long refundMinor, MoveContext context) {
        block.voidDue += amount;
        block.refundDue += refundMinor;
        block.changed = true;
        book.post(
                MoveKind.MARK_VOID,
                Account.HELD,
                Account.VOIDED,
                0,
                block,
                null,
                context.with(VOID_DUE, Long.toString(amount)).with(REFUND_DUE, Long.toString(refundMinor)));
    }

    /** Charges back what is not there any more; returns the context for the row that says so. */
    public static MoveContext chargeBack(Block block, long amount, MoveContext context) {
        block.chargedBack += amount;
        block.changed = true;
        return amount == 0 ? context : context.with(CHARGED_BACK, Long.toString(amount));
    }

    /** Takes credit that was used: the customer owes it, as booked overdraft. */
    public static void owe(WalletBook book, long amount, MoveContext context) {
        book.owe(amount);
        book.post(MoveKind.CLAW_BACK, Account.OVERDRAFT, Account.VOIDED, amount, null, null, context);
    }

    /** Of what is marked, what was used is no longer taken back. */
    static void spent(Block block) {
        if (block.voidDue > block.held) {
            block.refundDue = Spans.share(block.refundDue, block.held, block.voidDue);
            block.voidDue = block.held;
        }
    }

    /** Writes the row of a release, then voids what of it was marked. */
    static void released(WalletBook book, Block block, Account to, long amount, MoveContext context) {
        long due = Math.min(block.voidDue, amount);
        long refund = due == 0 ? 0 : Spans.share(block.refundDue, due, block.voidDue);
        block.voidDue -= due;
        block.refundDue -= refund;
        book.post(MoveKind.RELEASE, Account.HELD, to, amount, block, null, context);
        if (due == 0) {
            return;
        }
        switch (block.status) {
            case ACTIVE -> {
                block.remaining -= due;
                book.move(-due, 0);
            }
            case CLOSING -> block.closing -= due;
            case EXPIRED -> block.expired -= due;
            case PENDING -> throw new IllegalStateException("a block that has not begun holds nothing");
        }
        voided(book, block, to, due, refund > 0 ? MoveKind.REFUND : MoveKind.VOID, refund, true, context);
    }

    /** The context of a move that takes a share of the block's cost along. */
    static MoveContext withCost(MoveContext context, Block block, long costMinor) {
        return block.terms().costTotal() == 0 ? context : context.with(JournalRow.COST, Long.toString(costMinor));
    }

    private static void voided(
            WalletBook book,
            Block block,
            Account from,
            long amount,
            MoveKind kind,
            long refundMinor,
            boolean forGood,
            MoveContext context) {
        block.voided += amount;
        block.voidedForGood += forGood ? amount : 0;
        block.costRefunded += refundMinor;
        block.changed = true;
        MoveContext facts = refundMinor == 0 ? context : context.with(JournalRow.REFUND, Long.toString(refundMinor));
        book.post(
                kind,
                from,
                Account.VOIDED,
                amount,
                block,
                null,
                forGood ? facts.with(FOR_GOOD, Long.toString(amount)) : facts);
    }
}
