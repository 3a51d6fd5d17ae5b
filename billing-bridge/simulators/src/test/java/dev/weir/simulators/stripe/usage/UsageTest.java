package dev.weir.simulators.stripe.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The packed hours against a plain list of events. */
class UsageTest {
    private static final long DAY = 86_400;
    private static final long START = 20_000 * DAY;
    private static final Usage.Key KEY = new Usage.Key("mtr_1", "cus_1");

    /** An event as the oracle keeps it. */
    private record Event(long timestamp, long value, long receivedAt, Usage.Place place) {}

    @Test
    void agreesWithAListOfEvents() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Usage usage = new Usage();
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(80); i > 0; i--) {
                long timestamp = START + random.nextLong(3 * DAY);
                long value = random.nextLong(-1_000, 1_000_000_000_000_000L);
                long receivedAt = START + 3 * DAY + events.size();
                events.add(new Event(timestamp, value, receivedAt, usage.add(KEY, timestamp, value, receivedAt)));
                if (random.nextInt(8) == 0) {
                    Event gone = events.remove(random.nextInt(events.size()));
                    assertThat(usage.cancel(gone.place())).isTrue();
                    assertThat(usage.cancel(gone.place())).isFalse();
                }
            }
            for (int i = 0; i < 30; i++) {
                long from = START + random.nextLong(3 * DAY);
                long to = from + random.nextLong(2 * DAY);
                long until = random.nextBoolean() ? Usage.ALL : START + 3 * DAY + random.nextInt(80);
                for (Meter.Formula formula : Meter.Formula.values()) {
                    for (Meter.Window window : Meter.Window.values()) {
                        Meter meter = new Meter("mtr_1", formula, window);
                        assertThat(usage.value(meter, "cus_1", from, to, until))
                                .as("seed %d %s from %d to %d until %d", seed, meter, from, to, until)
                                .isEqualTo(expected(events, meter, from, to, until));
                    }
                }
            }
        }
    }

    private static BigInteger expected(List<Event> events, Meter meter, long from, long to, long until) {
        List<Event> seen =
                events.stream().filter(event -> event.receivedAt() <= until).toList();
        if (meter.window() != Meter.Window.RAW) {
            Map<Long, Event> latest = new HashMap<>();
            // In the order of receipt, so that the last put stays.
            seen.forEach(event -> latest.put(event.timestamp() / meter.window().seconds(), event));
            seen = List.copyOf(latest.values());
        }
        List<Event> in = seen.stream()
                .filter(event -> event.timestamp() >= from && event.timestamp() < to)
                .sorted(Comparator.comparingLong(Event::timestamp).thenComparingLong(Event::receivedAt))
                .toList();
        return switch (meter.formula()) {
            case SUM ->
                in.stream().map(event -> BigInteger.valueOf(event.value())).reduce(BigInteger.ZERO, BigInteger::add);
            case COUNT -> BigInteger.valueOf(in.size());
            case LAST ->
                in.isEmpty() ? BigInteger.ZERO : BigInteger.valueOf(in.getLast().value());
        };
    }
}
