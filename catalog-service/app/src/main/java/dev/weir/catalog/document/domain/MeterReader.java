package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.FilterOperator;
import dev.weir.catalog.contract.Meter;
import dev.weir.catalog.contract.MeterFilter;
import dev.weir.catalog.contract.UnitTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a meter. */
final class MeterReader {

    private MeterReader() {}

    static @Nullable Meter read(String key, Fields fields) {
        String eventType = fields.required("eventType", fields.text("eventType"));
        Aggregation aggregation = fields.required("aggregation", fields.oneOf("aggregation", Aggregation.class));
        if (aggregation == Aggregation.COUNT) {
            fields.refuse(Set.of("value"), "COUNT counts events and reads no value");
        }
        String value = fields.text("value");
        if (aggregation != null && aggregation != Aggregation.COUNT) {
            fields.required("value", value);
        }
        List<String> groupBy = fields.texts("groupBy");
        List<MeterFilter> filters = new ArrayList<>();
        for (Fields item : fields.children("filters")) {
            MeterFilter filter = filter(item);
            if (filter != null) {
                filters.add(filter);
            }
        }
        UnitTransform transform = PriceReader.transform(fields.child("unitTransform"));
        if (aggregation == Aggregation.COUNT || aggregation == Aggregation.UNIQUE) {
            fields.refuse(Set.of("unitTransform"), aggregation + " counts, it has no quantity in another unit");
        }
        fields.finish();
        return eventType == null || aggregation == null
                ? null
                : new Meter(key, eventType, aggregation, value, groupBy, filters, transform);
    }

    private static @Nullable MeterFilter filter(Fields fields) {
        String field = fields.required("field", fields.text("field"));
        FilterOperator operator = fields.required("operator", fields.oneOf("operator", FilterOperator.class));
        List<String> values = new ArrayList<>(fields.texts("values"));
        String single = fields.scalar("value");
        if (single != null) {
            values.add(single);
        }
        fields.finish();
        if (field == null || operator == null) {
            return null;
        }
        boolean fits = switch (operator) {
            case EXISTS -> values.isEmpty();
            case IN -> !values.isEmpty();
            case EQ, NE, LT, LE, GT, GE, CONTAINS, STARTS_WITH -> values.size() == 1;
        };
        if (!fits) {
            fields.fault("values", "INVALID_VALUE", "EXISTS takes no value, IN one or more, the others one");
        }
        return new MeterFilter(field, operator, values);
    }
}
