package dev.weir.catalog.document.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A positive ISO 8601 duration of the calendar ({@code P1M}, {@code P2W}) or of the clock ({@code PT5M}), not of both: a
 * period must be computable from its anchor without a question of order. At most a hundred years.
 */
public record IsoInterval(long months, long days, long seconds) {

    private static final Pattern CALENDAR =
            Pattern.compile("P(?:(\\d{1,4})Y)?(?:(\\d{1,4})M)?(?:(\\d{1,4})W)?(?:(\\d{1,5})D)?");
    private static final Pattern CLOCK = Pattern.compile("PT(?:(\\d{1,5})H)?(?:(\\d{1,6})M)?(?:(\\d{1,7})S)?");

    private static final long SECONDS_OF_MONTH = 2_629_746;
    private static final long SECONDS_OF_DAY = 86_400;

    /** A hundred years, the longest period that can be resolved. */
    private static final long MOST_SECONDS = 1_200 * SECONDS_OF_MONTH;

    /** The interval that a text stands for; empty if it is none, zero, mixed or more than a hundred years. */
    public static Optional<IsoInterval> parse(String text) {
        Matcher calendar = CALENDAR.matcher(text);
        if (calendar.matches()) {
            return positive(new IsoInterval(
                    number(calendar.group(1)) * 12 + number(calendar.group(2)),
                    number(calendar.group(3)) * 7 + number(calendar.group(4)),
                    0));
        }
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return positive(new IsoInterval(
                    0, 0, number(clock.group(1)) * 3_600 + number(clock.group(2)) * 60 + number(clock.group(3))));
        }
        return Optional.empty();
    }

    /** The length that amounts of different intervals are compared by (a month is 2,629,746 s). */
    public long averageSeconds() {
        return months * SECONDS_OF_MONTH + days * SECONDS_OF_DAY + seconds;
    }

    private static Optional<IsoInterval> positive(IsoInterval interval) {
        long seconds = interval.averageSeconds();
        return seconds > 0 && seconds <= MOST_SECONDS ? Optional.of(interval) : Optional.empty();
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
