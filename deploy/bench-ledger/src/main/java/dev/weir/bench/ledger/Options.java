package dev.weir.bench.ledger;

import java.time.Duration;

/** What the script passes on, as system properties. */
final class Options {
    static final int WALLETS = Integer.getInteger("bench.wallets", 10_000);
    static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 5));
    static final Duration WARM_UP = Duration.ofSeconds(Math.max(2, Integer.getInteger("bench.seconds", 5) / 2));
    static final int ROUNDS = Integer.getInteger("bench.rounds", 2);
    static final int CALLERS = Integer.getInteger("bench.callers", 256);
    static final boolean FULL = Boolean.getBoolean("bench.full");
    static final boolean STRICT = Boolean.getBoolean("bench.strict");
    static final boolean HTTP = !Boolean.getBoolean("bench.nohttp");
    static final String ONLY = System.getProperty("bench.only", "");

    private Options() {}

    static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: start the bench by deploy/bench/ledger");
        }
        return value;
    }
}
