package dev.weir.ledger.wallet.domain;

/** Between which of a wallet's accounts an amount moves. The code is stored and hashed: never renumber. */
public enum Account {
    ISSUANCE(0),
    AVAILABLE(1),
    HELD(2),
    CONSUMED(3),
    /** Unused when its block ended; may still pay for reported usage of the block's time. */
    CLOSING(4),
    EXPIRED(5),
    VOIDED(6),
    /** Room beyond a SOFT limit: its negative balance is what was used of it. */
    OVERAGE(7),
    /** Room below zero of a credit wallet: its negative balance is the debt. */
    OVERDRAFT(8),
    /** Usage that could no longer be refused and that nothing covered: the vendor's loss. */
    OVERRUN(9),
    TRANSFER(10),
    BROKERAGE(11);

    private final int code;

    Account(int code) {
        this.code = code;
    }

    /** The number in the database. */
    public int code() {
        return code;
    }

    /** The account with that number. */
    public static Account of(int code) {
        return values()[code];
    }
}
