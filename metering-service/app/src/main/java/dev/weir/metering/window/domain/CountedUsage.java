package dev.weir.metering.window.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event's part in one window.
 *
 * @param seq the event, with receivedAt
 * @param reservation whose settlement this is; {@link #NO_RESERVATION} for reported usage
 * @param quantity atoms; 0 where value says it
 * @param value what a meter other than SUM and COUNT read: a number, or a key for UNIQUE
 */
public record CountedUsage(
        long seq,
        Instant receivedAt,
        UUID identity,
        String feature,
        UUID reservation,
        UsageKind kind,
        UUID window,
        Instant time,
        long quantity,
        @Nullable String value) {

    /** Stands for no reservation. */
    public static final UUID NO_RESERVATION = new UUID(0, 0);

    public CountedUsage {
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(reservation, "reservation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(time, "time");
    }

    /** What at most one row of an event may have. */
    public record Key(long seq, String feature, UUID reservation) {}

    /** Its key. */
    public Key key() {
        return new Key(seq, feature, reservation);
    }

    /** The same with so much taken back. */
    public CountedUsage less(long back) {
        return new CountedUsage(
                seq,
                receivedAt,
                identity,
                feature,
                reservation,
                kind,
                window,
                time,
                Math.max(0, quantity - back),
                value);
    }

    /** The same usage in another window. */
    public CountedUsage in(UUID otherWindow) {
        return new CountedUsage(
                seq, receivedAt, identity, feature, reservation, kind, otherWindow, time, quantity, value);
    }
}
