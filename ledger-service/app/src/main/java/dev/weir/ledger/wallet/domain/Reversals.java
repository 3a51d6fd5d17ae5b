package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;

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

    /** Less overage. */
    public static void overage(WalletBook book, LimitPeriod period, long amount, MoveContext context) {
        period.overage -= amount;
        period.changed = true;
        book.post(MoveKind.REVERSE, Account.CONSUMED, Account.OVERAGE, amount, null, period, context);
    }

    /** Less overrun. */
    public static void overrun(WalletBook book, LimitPeriod period, long amount, MoveContext context) {
        period.overrun -= amount;
        period.changed = true;
        book.post(MoveKind.REVERSE, Account.CONSUMED, Account.OVERRUN, amount, null, period, context);
    }
}
