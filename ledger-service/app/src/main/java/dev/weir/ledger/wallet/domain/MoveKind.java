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
    TAKE_OVER(12),
    /** Unused credit is taken back and paid back. */
    REFUND(13),
    /** A payment was charged back: its credit is taken away, used or not. */
    CLAW_BACK(14),
    /** The wallet may not be drawn on any more; moves nothing. */
    FREEZE(15),
    /** The wallet may be drawn on again; moves nothing. */
    UNFREEZE(16),
    /** To or from a block of another customer's wallet, or one that takes a dead block's place. */
    TRANSFER(17),
    /** To or from another unit. */
    CONVERT(18),
    /** What is held will be voided when it comes back; moves nothing yet. */
    MARK_VOID(19);

    private final int code;

    MoveKind(int code) {
        this.code = code;
    }

    /** Whether a row of this kind may move nothing: it says that something holds from now on. */
    public boolean mayMoveNothing() {
        return switch (this) {
            case REFUND, CLAW_BACK, FREEZE, UNFREEZE, MARK_VOID -> true;
            case GRANT,
                    HOLD,
                    SPEND,
                    RELEASE,
                    DEBIT,
                    CLOSE,
                    EXPIRE,
                    VOID,
                    ABSORB,
                    REPAY,
                    REVERSE,
                    ROLLOVER,
                    TAKE_OVER,
                    TRANSFER,
                    CONVERT -> false;
        };
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
