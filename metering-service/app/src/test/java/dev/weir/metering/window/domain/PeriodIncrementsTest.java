package dev.weir.metering.window.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.metering.meter.domain.Fold;
import dev.weir.metering.meter.domain.Quantities;
import dev.weir.platform.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeriodIncrementsTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void aLevelThatFallsGivesANegativeIncrement() {
        List<WindowFrame> windows = List.of(window(0, Aggregation.LATEST), window(1, Aggregation.LATEST));

        Map<UUID, Long> totals = PeriodIncrements.of(
                Aggregation.LATEST,
                0,
                windows,
                List.of(reading(windows.get(0), 5, "7"), reading(windows.get(1), 5, "4")));

        assertThat(totals)
                .containsEntry(windows.get(0).id(), 7L)
                .containsEntry(windows.get(1).id(), -3L);
    }

    @Test
    void windowsSumToTheAggregateOfThePeriodInAnyOrder() {
        Seeds.check(300, random -> {
            Aggregation aggregation = Aggregation.values()[random.nextInt(Aggregation.values().length)];
            List<WindowFrame> windows = new ArrayList<>();
            for (int hour = 0; hour < 6; hour++) {
                windows.add(window(hour, aggregation));
            }
            List<CountedUsage> readings = readings(random, windows);
            Map<UUID, Long> once = PeriodIncrements.of(aggregation, 2, windows, readings);
            List<CountedUsage> shuffled = new ArrayList<>(readings);
            Collections.shuffle(shuffled, random);
            List<WindowFrame> reversed = windows.reversed();

            Map<UUID, Long> again = PeriodIncrements.of(aggregation, 2, reversed, shuffled);

            assertThat(again).isEqualTo(once);
            assertThat(once.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(Quantities.atoms(aggregate(aggregation, readings), 2));
        });
    }

    private static BigDecimal aggregate(Aggregation aggregation, List<CountedUsage> readings) {
        Fold fold = new Fold(aggregation);
        readings.forEach(reading -> {
            String value = Objects.requireNonNull(reading.value());
            if (aggregation == Aggregation.UNIQUE) {
                fold.addKey(value);
            } else {
                fold.add(new BigDecimal(value), reading.time(), reading.identity());
            }
        });
        return fold.value();
    }

    private static List<CountedUsage> readings(Random random, List<WindowFrame> windows) {
        List<CountedUsage> readings = new ArrayList<>();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            WindowFrame window = windows.get(random.nextInt(windows.size()));
            readings.add(reading(
                    window,
                    random.nextInt(10),
                    BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 2).toString()));
        }
        return readings;
    }

    private static CountedUsage reading(WindowFrame window, int second, String value) {
        return new CountedUsage(
                1,
                START,
                UUID.randomUUID(),
                "f",
                CountedUsage.NO_RESERVATION,
                UsageKind.REPORTED,
                window.id(),
                window.start().plusSeconds(second),
                0,
                value);
    }

    private static WindowFrame window(int hour, Aggregation aggregation) {
        Instant from = START.plusSeconds(hour * 3_600L);
        return new WindowFrame(
                new UUID(1, hour),
                Authority.RESOLUTION,
                "acme",
                "acme",
                true,
                "f",
                FeatureType.METERED,
                aggregation,
                null,
                from,
                from.plusSeconds(3_600),
                2,
                false,
                null,
                "pro",
                1,
                "h",
                START,
                null);
    }
}
