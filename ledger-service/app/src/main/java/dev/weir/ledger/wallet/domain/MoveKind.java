package dev.weir.ledger.wallet.domain;

/** Why an amount moved. The code is stored and hashed: never renumber. */
public enum MoveKind {
    GRANT(0),
    HOLD(1),
    SPEND(2),
    RELEASE(3),
    DEBIT(4),
    CLOSE(5),
    EXPIRE(6),
    VOID(7),
    /** A raise takes over overage that was booked before it. */
    ABSORB(8),
    /** A grant repays overdraft. */
    REPAY(9),
    REVERSE(10),
    ROLLOVER(11),
    /** A raise takes over an open hold from overage room. */
    TAKE_OVER(12);

    private final int code;

    MoveKind(int code) {
        this.code = code;
    }

    /** The number in the database. */
    public int code() {
        return code;
    }

    /** The kind with that number. */
    public static MoveKind of(int code) {
        return values()[code];
    }
}
