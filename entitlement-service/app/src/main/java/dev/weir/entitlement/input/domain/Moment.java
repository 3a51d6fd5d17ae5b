package dev.weir.entitlement.input.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants as requests bring them. */
public final class Moment {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private Moment() {}

    /** An RFC 3339 instant from 2000 to 2200, to the millisecond; empty if the text is none. */
    public static Optional<Instant> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).flatMap(Moment::checked);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The instant to the millisecond; empty outside the years 2000 to 2200. */
    public static Optional<Instant> checked(Instant instant) {
        Instant rounded = instant.truncatedTo(ChronoUnit.MILLIS);
        return rounded.isBefore(FIRST) || !rounded.isBefore(LAST) ? Optional.empty() : Optional.of(rounded);
    }
}
