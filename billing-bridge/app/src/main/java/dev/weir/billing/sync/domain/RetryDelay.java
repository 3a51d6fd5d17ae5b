package dev.weir.billing.sync.domain;

import java.time.Duration;

/** How long a command waits after an attempt without a final outcome: doubling from 200 ms to 30 s. */
public final class RetryDelay {
    private static final long FIRST_MS = 200;
    private static final long LONGEST_MS = 30_000;

    private RetryDelay() {}

    /** The wait after that many attempts (1 or more). */
    public static Duration after(int attempts) {
        return Duration.ofMillis(Math.min(LONGEST_MS, FIRST_MS << Math.min(attempts - 1, 10)));
    }
}
