package dev.weir.entitlement.subscription.domain;

import dev.weir.entitlement.input.domain.Moment;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** Where the periods of a subscription are counted from: a beginning in the calendar, or an instant. */
public sealed interface Anchor {

    /** The instant itself, given when the subscription or its paid part starts and in which zone. */
    Instant instant(Instant start, ZoneId zone);

    /** The start, or the end of the trial that it begins with. */
    record Start() implements Anchor {
        @Override
        public Instant instant(Instant start, ZoneId zone) {
            return start;
        }
    }

    /** A given instant. */
    record At(Instant at) implements Anchor {
        @Override
        public Instant instant(Instant start, ZoneId zone) {
            return at;
        }
    }

    /** The beginning of the calendar's unit in which the start lies. */
    record Calendar(Unit unit) implements Anchor {
        /** MONTH: its first day; WEEK: Monday. */
        public enum Unit {
            MONTH,
            WEEK,
            DAY,
            HOUR
        }

        @Override
        public Instant instant(Instant start, ZoneId zone) {
            ZonedDateTime local = start.atZone(zone);
            ZonedDateTime begin = switch (unit) {
                case MONTH -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
                case WEEK ->
                    local.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case DAY -> local.truncatedTo(ChronoUnit.DAYS);
                case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
            };
            return begin.toInstant();
        }
    }

    /** Reads START, MONTH, WEEK, DAY, HOUR or an instant; empty if it is none. */
    static Optional<Anchor> read(String text) {
        if (text.equals("START")) {
            return Optional.of(new Start());
        }
        for (Calendar.Unit unit : Calendar.Unit.values()) {
            if (unit.name().equals(text)) {
                return Optional.of(new Calendar(unit));
            }
        }
        return Moment.read(text).map(At::new);
    }
}
