package dev.weir.metering.usage.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.entitlement.contract.Span;
import dev.weir.metering.meter.domain.Fold;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums readings up by span and group. */
public final class UsageTable {

    private static final Comparator<Cell> ORDER = Comparator.<Cell, Instant>comparing(
                    cell -> cell.span().from())
            .thenComparing(cell -> String.join("\n", cell.group()));

    private final Aggregation aggregation;
    private final Buckets buckets;
    private final List<String> groupBy;
    private final Map<Cell, Figure> figures = new LinkedHashMap<>();

    /** An empty table. */
    public UsageTable(Aggregation aggregation, Buckets buckets, List<String> groupBy) {
        this.aggregation = aggregation;
        this.buckets = buckets;
        this.groupBy = List.copyOf(groupBy);
    }

    private record Cell(Span span, List<String> group) {}

    private static final class Figure {
        private final Fold fold;
        private BigDecimal enforced = BigDecimal.ZERO;

        Figure(Aggregation aggregation) {
            fold = new Fold(aggregation);
        }
    }

    /** One line of the table. */
    public record Line(Span span, Map<String, String> group, BigDecimal value) {}

    /** Adds one reading. */
    public void add(UsageReading reading) {
        Cell cell = new Cell(buckets.of(reading.time()), reading.group());
        Figure figure = figures.computeIfAbsent(cell, key -> new Figure(aggregation));
        BigDecimal enforced = reading.enforced();
        BigDecimal quantity = reading.quantity();
        String key = reading.key();
        if (enforced != null) {
            figure.enforced = figure.enforced.add(enforced);
        } else if (quantity != null) {
            figure.fold.add(quantity, reading.time(), reading.identity());
        } else if (key != null) {
            figure.fold.addKey(key);
        }
    }

    /** How many lines it has. */
    public int size() {
        return figures.size();
    }

    /** The lines with usage, by time, then group. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        figures.keySet().stream().sorted(ORDER).forEach(cell -> {
            Map<String, String> group = new LinkedHashMap<>();
            for (int i = 0; i < groupBy.size(); i++) {
                group.put(groupBy.get(i), cell.group().get(i));
            }
            Figure figure = figures.get(cell);
            if (figure != null) {
                lines.add(new Line(cell.span(), group, figure.fold.value().add(figure.enforced)));
            }
        });
        return lines;
    }
}
