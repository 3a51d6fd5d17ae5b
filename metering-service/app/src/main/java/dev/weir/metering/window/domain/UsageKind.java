package dev.weir.metering.window.domain;

/** How usage counts in a window. */
public enum UsageKind {
    /** Posted after the fact. */
    REPORTED(0),
    /** Settled by a reservation. */
    ENFORCED(1),
    /** Kept, but nothing says what it costs or what it draws on. */
    UNPRICED(2);

    private final int code;

    UsageKind(int code) {
        this.code = code;
    }

    /** The number in the database. */
    public int code() {
        return code;
    }

    /** The kind with that number in the database. */
    public static UsageKind of(int code) {
        for (UsageKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of usage has the code " + code);
    }
}
