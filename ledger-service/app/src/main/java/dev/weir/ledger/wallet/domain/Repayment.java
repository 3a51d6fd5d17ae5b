package dev.weir.ledger.wallet.domain;

import dev.weir.ledger.contract.BlockStatus;

/** Overdraft is repaid by the next credit that comes, where the plan says so. */
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
            book.repay(block, amount, context);
        }
    }
}
