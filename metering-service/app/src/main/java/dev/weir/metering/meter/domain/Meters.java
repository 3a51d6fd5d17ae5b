package dev.weir.metering.meter.domain;

import dev.weir.catalog.contract.FilterOperator;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeterFilter;
import dev.weir.catalog.contract.UnitTransform;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads events as a meter says. */
public final class Meters {

    private Meters() {}

    /** What the meter reads from an event of its type with these data. */
    public static MeterReading read(Meter meter, Map<String, String> data) {
        if (!meter.filters().stream().allMatch(filter -> holds(filter, data))) {
            return new MeterReading.FilteredOut();
        }
        return switch (meter.aggregation()) {
            case COUNT -> new MeterReading.Quantity(BigDecimal.ONE);
            case UNIQUE -> key(field(meter), data);
            case SUM, MIN, MAX, AVG, LATEST -> quantity(field(meter), meter.unitTransform(), data);
        };
    }

    private static String field(Meter meter) {
        return Objects.requireNonNull(meter.value(), "only COUNT has no value field");
    }

    private static MeterReading key(String field, Map<String, String> data) {
        String value = data.get(field);
        return value == null || value.isEmpty()
                ? new MeterReading.Unreadable(field, "is missing")
                : new MeterReading.Key(value);
    }

    private static MeterReading quantity(String field, @Nullable UnitTransform transform, Map<String, String> data) {
        String text = data.get(field);
        if (text == null) {
            return new MeterReading.Unreadable(field, "is missing");
        }
        BigDecimal number = EventData.number(text);
        return number == null
                ? new MeterReading.Unreadable(field, "is not a number")
                : new MeterReading.Quantity(transform == null ? number : transform.apply(number));
    }

    private static boolean holds(MeterFilter filter, Map<String, String> data) {
        String actual = data.get(filter.field());
        if (actual == null) {
            return filter.operator() == FilterOperator.NE;
        }
        List<String> wanted = filter.values();
        return switch (filter.operator()) {
            case EXISTS -> true;
            case EQ -> same(actual, first(wanted));
            case NE -> !same(actual, first(wanted));
            case IN -> wanted.stream().anyMatch(value -> same(actual, value));
            case CONTAINS -> actual.contains(first(wanted));
            case STARTS_WITH -> actual.startsWith(first(wanted));
            case LT -> compare(actual, first(wanted)) < 0;
            case LE -> compare(actual, first(wanted)) <= 0;
            case GT -> compare(actual, first(wanted)) > 0;
            case GE -> compare(actual, first(wanted)) >= 0;
        };
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static boolean same(String left, String right) {
        return left.equals(right) || (bothNumbers(left, right) && compare(left, right) == 0);
    }

    private static boolean bothNumbers(String left, String right) {
        return EventData.number(left) != null && EventData.number(right) != null;
    }

    /** Numbers by value, anything else by its text. */
    private static int compare(String left, String right) {
        @Nullable BigDecimal leftNumber = EventData.number(left);
        @Nullable BigDecimal rightNumber = EventData.number(right);
        return leftNumber != null && rightNumber != null ? leftNumber.compareTo(rightNumber) : left.compareTo(right);
    }
}
