package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;

/** What was used before there was credit for it is paid by what comes: overdraft where the plan says so, overage by a raise. */
public final class Repayment {

    private Repayment() {}

    /** Lets a block that has just opened repay what it can. */
    public static void repay(WalletBook book, Block block, MoveContext context) {
        long debt = book.head().overdraft();
        if (!book.head().repay() || debt == 0 || block.status() != BlockStatus.ACTIVE) {
            return;
        }
        long amount = Math.min(debt, block.free());
        if (amount > 0) {
            repay(book, block, amount, context);
        }
    }

    private static void repay(WalletBook book, Block block, long amount, MoveContext context) {
        book.useFree(block, amount);
        book.owe(-amount);
        book.post(MoveKind.REPAY, Account.AVAILABLE, Account.OVERDRAFT, amount, block, null, context);
    }

    /** A raise takes over overage that was booked before it. */
    static void absorb(WalletBook book, LimitPeriod period, Block block, long amount, MoveContext context) {
        WalletBook.require(amount <= block.free() && amount <= period.overage, block, "cannot absorb that much");
        period.overage -= amount;
        period.changed = true;
        book.useFree(block, amount);
        book.post(MoveKind.ABSORB, Account.AVAILABLE, Account.OVERAGE, amount, block, null, context);
    }
}
