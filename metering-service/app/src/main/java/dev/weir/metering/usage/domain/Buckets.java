package dev.weir.metering.usage.domain;

import dev.weir.entitlement.contract.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The spans that a range is cut into, each cut to the range.
 *
 * @param granularity null = the whole range is one span
 * @param periods the period that an instant lies in; null = the feature never resets
 */
public record Buckets(
        Instant from,
        Instant to,
        @Nullable Granularity granularity,
        ZoneId zone,
        Function<Instant, @Nullable Span> periods) {

    /** The span that an instant of the range lies in. */
    public Span of(Instant at) {
        if (granularity == null) {
            return new Span(from, to);
        }
        return switch (granularity) {
            case MINUTE -> fixed(at.truncatedTo(ChronoUnit.MINUTES), Duration.ofMinutes(1));
            case HOUR -> fixed(at.truncatedTo(ChronoUnit.HOURS), Duration.ofHours(1));
            case DAY -> {
                ZonedDateTime day = at.atZone(zone).toLocalDate().atStartOfDay(zone);
                yield cut(
                        day.toInstant(),
                        day.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant());
            }
            case MONTH -> {
                ZonedDateTime month =
                        at.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
                yield cut(
                        month.toInstant(),
                        month.toLocalDate().plusMonths(1).atStartOfDay(zone).toInstant());
            }
            case PERIOD -> {
                Span period = periods.apply(at);
                yield period == null ? new Span(from, to) : cut(period.from(), period.to());
            }
        };
    }

    private Span fixed(Instant start, Duration length) {
        return cut(start, start.plus(length));
    }

    private Span cut(Instant start, @Nullable Instant end) {
        Instant begins = start.isBefore(from) ? from : start;
        Instant ends = end == null || end.isAfter(to) ? to : end;
        return new Span(begins, ends);
    }
}
