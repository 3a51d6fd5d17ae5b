package dev.weir.ledger.contract;

/** A block's life. The code is stored: never renumber. */
public enum BlockStatus {
    PENDING(0),
    ACTIVE(1),
    CLOSING(2),
    EXPIRED(3);

    private final int code;

    BlockStatus(int code) {
        this.code = code;
    }

    /** The number in the database. */
    public int code() {
        return code;
    }
}
