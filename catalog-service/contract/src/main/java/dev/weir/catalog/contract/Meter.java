package dev.weir.catalog.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to read from a usage event.
 *
 * @param eventType the CloudEvents type
 * @param value a field of the event's data; null only for COUNT
 * @param groupBy fields of the event's data by which usage may be grouped in queries
 * @param unitTransform turns each value into the unit that is counted (bytes to gigabytes), before it is aggregated; null = as
 *     it is, and always for COUNT and UNIQUE
 */
public record Meter(
        String key,
        String eventType,
        Aggregation aggregation,
        @Nullable String value,
        List<String> groupBy,
        List<MeterFilter> filters,
        @Nullable UnitTransform unitTransform) {
    public Meter {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(aggregation, "aggregation");
        groupBy = groupBy == null ? List.of() : List.copyOf(groupBy);
        filters = filters == null ? List.of() : List.copyOf(filters);
    }

    /** A meter that counts values as they are. */
    public Meter(
            String key,
            String eventType,
            Aggregation aggregation,
            @Nullable String value,
            List<String> groupBy,
            List<MeterFilter> filters) {
        this(key, eventType, aggregation, value, groupBy, filters, null);
    }
}
