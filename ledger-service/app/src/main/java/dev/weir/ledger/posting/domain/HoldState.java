package dev.weir.ledger.posting.domain;

/** Where a reservation stands. The code is stored: never renumber. */
public enum HoldState {
    HELD(0),
    LAPSED(1),
    QUARANTINED(2),
    SETTLED(3),
    RELEASED(4),
    CAPTURED(5);

    private final int code;

    HoldState(int code) {
        this.code = code;
    }

    /** The number in the database. */
    public int code() {
        return code;
    }

    /** Whether it still holds something. */
    public boolean open() {
        return this == HELD || this == LAPSED || this == QUARANTINED;
    }

    /** The state with that number. */
    public static HoldState of(int code) {
        return values()[code];
    }
}
