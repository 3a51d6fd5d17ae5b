package dev.weir.entitlement.contract;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Periods that tile time from an anchor. Period n starts at anchor + n x every, always added to the original anchor in the
 * zone's local time and clamped to the month's length, never computed from period n-1: 31 January + 1 month = 28/29
 * February, + 2 = 31 March. Half-open; n may be negative. A local time that does not exist that day moves on by the gap;
 * one that occurs twice is the first, except where the anchor itself is the second.
 *
 * @param every ISO 8601, e.g. P1M, P1W, PT1H; positive, of whole seconds, at most 100 years
 */
public record Recurrence(Instant anchor, String every, ZoneId zone) {
    public Recurrence {
        Objects.requireNonNull(anchor, "anchor");
        Objects.requireNonNull(zone, "zone");
        Every.of(every);
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
        Every length = Every.of(every);
        long n = Math.floorDiv(instant.getEpochSecond() - anchor.getEpochSecond(), length.seconds());
        Instant from = length.start(anchor, zone, n);
        while (from.isAfter(instant)) {
            n--;
            from = length.start(anchor, zone, n);
        }
        Instant to = length.start(anchor, zone, n + 1);
        while (!to.isAfter(instant)) {
            n++;
            from = to;
            to = length.start(anchor, zone, n + 1);
        }
        return new Numbered(n, from, to);
    }

    /** Period n. */
    public Numbered number(long n) {
        Every length = Every.of(every);
        return new Numbered(n, length.start(anchor, zone, n), length.start(anchor, zone, n + 1));
    }

    /** Whether two reset alike: P1Y and P12M do, P1D and PT24H do not (a day may have 23 hours); null = never. */
    public static boolean alike(@Nullable String left, @Nullable String right) {
        return left == null || right == null
                ? left == null && right == null
                : Every.of(left).equals(Every.of(right));
    }

    /**
     * Seconds of one period for comparing amounts, months counted as 2,629,746 s (a mean Gregorian month), days as 86,400.
     *
     * @throws IllegalArgumentException not an ISO 8601 period or duration, not positive, not of whole seconds, or too long
     */
    public static long seconds(String every) {
        return Every.of(every).seconds();
    }
}
