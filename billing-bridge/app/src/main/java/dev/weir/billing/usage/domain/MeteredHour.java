package dev.weir.billing.usage.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One UTC hour of one customer on one provider meter.
 *
 * @param expected what our windows add up to, atoms
 * @param provider what the provider said when last asked; null = never asked
 */
public record MeteredHour(
        String customer,
        String meter,
        Instant hour,
        String feature,
        String charge,
        int scale,
        long expected,
        @Nullable Long provider,
        State state,
        int checks) {
    /** How expected and provider compare. */
    public enum State {
        /** Sent or being sent, not confirmed yet. */
        OPEN,
        /** The provider counts what we expect. */
        CONFIRMED,
        /** The provider counts something else. */
        DIFFERS
    }
}
