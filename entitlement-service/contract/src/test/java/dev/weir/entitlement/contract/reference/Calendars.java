package dev.weir.entitlement.contract.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Periods, computed the slow way: step by step from the anchor, by the clock on the wall. */
final class Calendars {
    private static final long MEAN_MONTH_SECONDS = 2_629_746L;

    private Calendars() {}

    static long seconds(String every) {
        if (every.contains("T")) {
            return Duration.parse(every).toSeconds();
        }
        Period period = Period.parse(every);
        return period.toTotalMonths() * MEAN_MONTH_SECONDS
                + Duration.ofDays(period.getDays()).toSeconds();
    }

    /** Months and days of a calendar period, years and weeks counted in them. */
    static String period(String every) {
        Period period = Period.parse(every);
        return period.toTotalMonths() + " months " + period.getDays() + " days";
    }

    /** Start and end of the period that holds an instant. */
    static Instant[] period(Instant anchor, String every, ZoneId zone, Instant at) {
        long n = (at.getEpochSecond() - anchor.getEpochSecond()) / seconds(every) - 3;
        while (!nth(anchor, every, zone, n + 1).isAfter(at)) {
            n++;
        }
        return new Instant[] {nth(anchor, every, zone, n), nth(anchor, every, zone, n + 1)};
    }

    private static Instant nth(Instant anchor, String every, ZoneId zone, long n) {
        if (every.contains("T")) {
            return anchor.plus(Duration.parse(every).multipliedBy(n));
        }
        Period period = Period.parse(every);
        ZonedDateTime wall = anchor.atZone(zone);
        // Months first, then days, in one go by the wall clock: the zone is asked once, of the local time that comes
        // out.
        return ZonedDateTime.ofLocal(
                        wall.toLocalDateTime()
                                .plusMonths(period.toTotalMonths() * n)
                                .plusDays(period.getDays() * n),
                        zone,
                        wall.getOffset())
                .toInstant();
    }
}
