package dev.weir.metering.window.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.metering.meter.domain.Fold;
import dev.weir.metering.meter.domain.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The reported totals of the windows of one period, where they cannot be told from a window's own events: a window's total is
 * the aggregate over [period start, window's end) less that over [period start, window's start). So the windows always sum
 * to the period's aggregate, and late usage changes later windows.
 */
public final class PeriodIncrements {

    private PeriodIncrements() {}

    /**
     * The total of each window, in atoms.
     *
     * @param windows every window of the period
     * @param readings every reported reading in them, in any order
     */
    public static Map<UUID, Long> of(
            Aggregation aggregation, int scale, List<WindowFrame> windows, List<CountedUsage> readings) {
        Map<UUID, List<CountedUsage>> byWindow = new HashMap<>();
        for (CountedUsage reading : readings) {
            byWindow.computeIfAbsent(reading.window(), window -> new ArrayList<>())
                    .add(reading);
        }
        List<WindowFrame> inTime = windows.stream()
                .sorted(Comparator.comparing(WindowFrame::start).thenComparing(WindowFrame::id))
                .toList();
        Map<UUID, Long> totals = new HashMap<>();
        Fold fold = new Fold(aggregation);
        long before = 0;
        for (WindowFrame window : inTime) {
            byWindow.getOrDefault(window.id(), List.of()).forEach(reading -> add(fold, aggregation, reading));
            long after = Quantities.atoms(fold.value(), scale);
            totals.put(window.id(), after - before);
            before = after;
        }
        return totals;
    }

    private static void add(Fold fold, Aggregation aggregation, CountedUsage reading) {
        String value = Objects.requireNonNull(reading.value(), "a reading of " + aggregation + " has a value");
        if (aggregation == Aggregation.UNIQUE) {
            fold.addKey(value);
        } else {
            fold.add(new BigDecimal(value), reading.time(), reading.identity());
        }
    }
}
