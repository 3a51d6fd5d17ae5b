package dev.weir.entitlement.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.Objects;

/**
 * Periods that tile time from an anchor. Period n starts at anchor + n x every, always added to the original anchor in the
 * zone's local time and clamped to the month's length, never computed from period n-1: 31 January + 1 month = 28/29
 * February, + 2 = 31 March. Half-open; n may be negative.
 *
 * @param every ISO 8601, e.g. P1M, P1W, PT1H; positive
 */
public record Recurrence(Instant anchor, String every, ZoneId zone) {
    public Recurrence {
        Objects.requireNonNull(anchor, "anchor");
        Objects.requireNonNull(zone, "zone");
        amount(every);
    }

    /** A numbered period. */
    public record Numbered(long index, Instant from, Instant to) {
        /** Its span. */
        public Span span() {
            return new Span(from, to);
        }
    }

    /** The period that holds the instant. */
    public Numbered at(Instant instant) {
        long n = estimate(instant);
        while (start(n).isAfter(instant)) {
            n--;
        }
        while (!start(n + 1).isAfter(instant)) {
            n++;
        }
        return number(n);
    }

    /** Period n. */
    public Numbered number(long n) {
        return new Numbered(n, start(n), start(n + 1));
    }

    /**
     * Seconds of one period for comparing amounts, months counted as 2,629,746 s (a mean Gregorian month), days as 86,400.
     *
     * @throws IllegalArgumentException not an ISO 8601 period or duration, or not positive
     */
    public static long seconds(String every) {
        return switch (amount(every)) {
            case Period period ->
                Math.addExact(
                        Math.multiplyExact(period.toTotalMonths(), 2_629_746L),
                        Math.multiplyExact((long) period.getDays(), 86_400L));
            case Duration duration -> duration.toSeconds();
            default -> throw new IllegalStateException(every);
        };
    }

    private static TemporalAmount amount(String every) {
        TemporalAmount amount = every.contains("T") ? Duration.parse(every) : Period.parse(every);
        boolean positive = amount instanceof Period period
                ? !period.isNegative() && !period.isZero()
                : !((Duration) amount).isNegative() && ((Duration) amount).toSeconds() > 0;
        if (!positive) {
            throw new IllegalArgumentException("a period must be positive: " + every);
        }
        return amount;
    }

    private Instant start(long n) {
        return switch (amount(every)) {
            case Period period -> {
                ZonedDateTime local = anchor.atZone(zone);
                yield local.plus(Math.multiplyExact(period.toTotalMonths(), n), ChronoUnit.MONTHS)
                        .plusDays(Math.multiplyExact((long) period.getDays(), n))
                        .toInstant();
            }
            case Duration duration -> anchor.plus(duration.multipliedBy(n));
            default -> throw new IllegalStateException(every);
        };
    }

    private long estimate(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() - anchor.getEpochSecond(), Math.max(1, seconds(every)));
    }
}
