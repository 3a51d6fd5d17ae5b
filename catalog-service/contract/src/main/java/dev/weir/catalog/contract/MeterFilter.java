package dev.weir.catalog.contract;

import java.util.List;
import java.util.Objects;

/** An event counts for a meter only if every filter of the meter holds on the event's data. */
public record MeterFilter(String field, FilterOperator operator, List<String> values) {
    public MeterFilter {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(operator, "operator");
        values = values == null ? List.of() : List.copyOf(values);
    }
}
