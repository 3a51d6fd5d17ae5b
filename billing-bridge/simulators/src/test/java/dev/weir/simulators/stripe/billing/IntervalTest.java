package dev.weir.simulators.stripe.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static final Interval MONTH = new Interval(ChronoUnit.MONTHS, 1);

    @Test
    void keepsTheMonthsEnd() {
        assertThat(LongStream.range(0, 5).mapToObj(n -> date(MONTH.boundary(at("2028-01-31"), n))))
                .containsExactly("2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31");
        assertThat(date(new Interval(ChronoUnit.YEARS, 1).boundary(at("2028-02-29"), 1)))
                .isEqualTo("2029-02-28");
        assertThat(date(new Interval(ChronoUnit.YEARS, 1).boundary(at("2028-02-29"), 4)))
                .isEqualTo("2032-02-29");
    }

    @Test
    void findsThePeriodOfEveryTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ChronoUnit> units = List.of(ChronoUnit.DAYS, ChronoUnit.WEEKS, ChronoUnit.MONTHS, ChronoUnit.YEARS);
        for (int i = 0; i < 5_000; i++) {
            Interval interval = new Interval(units.get(random.nextInt(4)), 1 + random.nextInt(3));
            long anchor = at("2024-01-01") + random.nextLong(4L * 366 * 86_400);
            long time = at("2022-01-01") + random.nextLong(10L * 366 * 86_400);
            if (random.nextInt(4) == 0) {
                time = interval.boundary(anchor, random.nextInt(-5, 30));
            }

            long previous = interval.previous(anchor, time);
            long next = interval.next(anchor, time);

            assertThat(previous)
                    .as("seed %d %s %d %d", seed, interval, anchor, time)
                    .isLessThanOrEqualTo(time);
            assertThat(next)
                    .as("seed %d %s %d %d", seed, interval, anchor, time)
                    .isGreaterThan(time);
            assertThat(interval.next(anchor, previous)).as("seed %d", seed).isEqualTo(next);
        }
    }

    private static long at(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    private static String date(long time) {
        return Instant.ofEpochSecond(time).toString().substring(0, 10);
    }
}
