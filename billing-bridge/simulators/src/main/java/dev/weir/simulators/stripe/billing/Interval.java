package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.simulators.stripe.wire.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A billing interval. Boundaries are counted from the anchor each time, so that a month's end stays one: 31 January,
 * 28 February, 31 March.
 *
 * @param unit day, week, month or year
 * @param count how many of them
 */
public record Interval(ChronoUnit unit, long count) {

    /** The interval of a recurring price. */
    public static Interval of(JsonNode price) {
        JsonNode recurring = price.path("recurring");
        ChronoUnit unit = switch (Json.need(recurring, "interval")) {
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month" -> ChronoUnit.MONTHS;
            case "year" -> ChronoUnit.YEARS;
            default -> throw new IllegalStateException("a price with an unknown interval: " + price);
        };
        return new Interval(unit, Json.number(recurring, "interval_count"));
    }

    /** The n-th boundary from the anchor (epoch seconds); n may be negative. */
    public long boundary(long anchor, long n) {
        ZonedDateTime start = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
        return start.plus(n * count, unit).toEpochSecond();
    }

    /** The first boundary after the time. */
    public long next(long anchor, long time) {
        return boundary(anchor, lastIndex(anchor, time) + 1);
    }

    /** The last boundary at or before the time. */
    public long previous(long anchor, long time) {
        return boundary(anchor, lastIndex(anchor, time));
    }

    private long lastIndex(long anchor, long time) {
        ZonedDateTime from = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
        long n = Math.floorDiv(unit.between(from, Instant.ofEpochSecond(time).atZone(ZoneOffset.UTC)), count);
        while (boundary(anchor, n) > time) {
            n--;
        }
        while (boundary(anchor, n + 1) <= time) {
            n++;
        }
        return n;
    }
}
