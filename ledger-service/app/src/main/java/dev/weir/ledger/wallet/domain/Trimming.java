package dev.weir.ledger.wallet.domain;

/** The second half of a cut: what was held when the limit was cut is voided when it comes back. */
public final class Trimming {

    private Trimming() {}

    /** Voids what exceeds the period's target and is free. */
    public static void trim(WalletBook book, LimitPeriod period, MoveContext context) {
        LimitStack.trim(book, period, context);
    }
}
