package dev.weir.simulators.stripe.engine;

/** The machine's clock plus an offset; it never goes back. Not safe for threads. */
final class SimulatedClock {
    private long offsetMillis;
    private long latest;

    long nowMillis() {
        latest = Math.max(latest, System.currentTimeMillis() + offsetMillis);
        return latest;
    }

    long offsetMillis() {
        return offsetMillis;
    }

    void offset(long millis) {
        offsetMillis = millis;
    }

    /** Makes sure that time goes on from here, after a replay. */
    void atLeast(long millis) {
        latest = Math.max(latest, millis);
    }
}
