package dev.weir.entitlement.contract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The length of a period, read from ISO 8601 text. Reading costs more than a whole resolution, so what was read is kept.
 *
 * @param months calendar months, counted in local time
 * @param days calendar days, counted in local time after the months
 * @param exactSeconds exact seconds; then months and days are 0
 */
record Every(long months, long days, long exactSeconds) {
    private static final long MONTH_SECONDS = 2_629_746L;
    private static final long DAY_SECONDS = 86_400L;
    private static final long MAX_SECONDS = 1200 * MONTH_SECONDS;

    /** Requests may bring any text, so the memory is bounded. */
    private static final int KEPT_MAX = 1024;

    private static final ConcurrentHashMap<String, Every> KEPT = new ConcurrentHashMap<>();

    /** Reads the text; throws IllegalArgumentException unless it is positive, of whole seconds, and at most 100 years. */
    static Every of(String text) {
        Every kept = KEPT.get(text);
        if (kept != null) {
            return kept;
        }
        Every read = read(text);
        if (KEPT.size() < KEPT_MAX) {
            KEPT.put(text, read);
        }
        return read;
    }

    /** The length for comparing amounts: a month is a mean Gregorian month, a day 86,400 s. */
    long seconds() {
        return months * MONTH_SECONDS + days * DAY_SECONDS + exactSeconds;
    }

    /** Where period n begins. */
    Instant start(Instant anchor, ZoneId zone, long n) {
        if (exactSeconds > 0) {
            return anchor.plusSeconds(Math.multiplyExact(exactSeconds, n));
        }
        ZonedDateTime local = anchor.atZone(zone);
        LocalDateTime there = local.toLocalDateTime()
                .plusMonths(Math.multiplyExact(months, n))
                .plusDays(Math.multiplyExact(days, n));
        // The anchor's own offset decides an hour that occurs twice, so period 0 starts exactly at the anchor.
        return ZonedDateTime.ofLocal(there, zone, local.getOffset()).toInstant();
    }

    private static Every read(String text) {
        Every every;
        try {
            if (text.indexOf('T') >= 0) {
                Duration duration = Duration.parse(text);
                if (duration.getNano() != 0) {
                    throw new IllegalArgumentException("a period must be of whole seconds: " + text);
                }
                every = new Every(0, 0, duration.getSeconds());
            } else {
                Period period = Period.parse(text);
                if (period.isNegative()) {
                    throw new IllegalArgumentException("a period must be positive: " + text);
                }
                every = new Every(period.toTotalMonths(), period.getDays(), 0);
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new IllegalArgumentException("not an ISO 8601 period: " + text, unreadable);
        }
        if (every.months < 0 || every.exactSeconds < 0 || every.months > 1200 || every.exactSeconds > MAX_SECONDS) {
            throw new IllegalArgumentException("a period must be positive and at most 100 years: " + text);
        }
        if (every.seconds() <= 0 || every.seconds() > MAX_SECONDS) {
            throw new IllegalArgumentException("a period must be positive and at most 100 years: " + text);
        }
        return every;
    }
}
