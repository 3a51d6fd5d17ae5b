package dev.weir.ledger.reservation.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.domain.Measure;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads quantities and dimensions as callers write them: decimals as strings or numbers. */
final class Measures {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final int MOST_DIMENSIONS = 64;
    private static final int LONGEST = 255;

    private Measures() {}

    /** What was measured; null if neither is given. */
    static @Nullable Measure of(@Nullable JsonNode quantity, @Nullable Map<String, JsonNode> dimensions) {
        if (given(quantity) && dimensions != null) {
            throw Inputs.invalid("dimensions", "INVALID_VALUE", "give a quantity or dimensions, not both");
        }
        if (quantity != null && given(quantity)) {
            return new Measure.Quantity(Inputs.decimal("quantity", quantity));
        }
        return dimensions == null ? null : new Measure.Dimensions(texts("dimensions", dimensions));
    }

    /** The same, and one of them must be given. */
    static Measure required(@Nullable JsonNode quantity, @Nullable Map<String, JsonNode> dimensions) {
        Measure measure = of(quantity, dimensions);
        if (measure == null) {
            throw Inputs.invalid("quantity", "REQUIRED", "give a quantity or dimensions");
        }
        return measure;
    }

    /** Fields as text. */
    static Map<String, String> texts(String field, Map<String, JsonNode> values) {
        if (values.size() > MOST_DIMENSIONS) {
            throw Inputs.invalid(field, "INVALID_VALUE", "at most " + MOST_DIMENSIONS + " fields");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            String text = text(value);
            if (text == null || name.isEmpty() || name.length() > LONGEST || text.length() > LONGEST) {
                throw Inputs.invalid(field + "." + name, "INVALID_VALUE", "must be text or a number");
            }
            texts.put(name, text);
        });
        return texts;
    }

    /** The top-level scalars of an event's data as text. */
    static Map<String, String> scalars(JsonNode data) {
        Map<String, String> texts = new LinkedHashMap<>();
        data.properties().forEach(entry -> {
            String text = text(entry.getValue());
            if (text != null) {
                texts.put(entry.getKey(), text);
            }
        });
        return texts;
    }

    /** Whether a database can keep the data: it refuses the character NUL, and a number of a million digits is an attack. */
    static boolean fit(JsonNode data) {
        if (data.isTextual()) {
            return data.textValue().indexOf('\0') < 0;
        }
        if (data.isNumber()) {
            return text(data) != null;
        }
        return data.properties().stream().allMatch(field -> field.getKey().indexOf('\0') < 0 && fit(field.getValue()))
                && (!data.isArray()
                        || StreamSupport.stream(data.spliterator(), false).allMatch(Measures::fit));
    }

    /** Whether two texts mean the same value. */
    static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        return DECIMAL.matcher(one).matches()
                && DECIMAL.matcher(other).matches()
                && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return Boolean.toString(value.booleanValue());
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs(number.scale()) > 40 || number.precision() > 80 ? null : number.toPlainString();
        }
        return null;
    }

    private static boolean given(@Nullable JsonNode node) {
        return node != null && !node.isNull() && !node.isMissingNode();
    }
}
