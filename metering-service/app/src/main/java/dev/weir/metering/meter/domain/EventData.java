package dev.weir.metering.meter.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of a usage event, as meters and rate tables see it: the scalar fields, as text. Objects and arrays do not count. */
public final class EventData {

    /** The most digits a number may have, before and after the point together. */
    public static final int MAX_DIGITS = 60;

    private EventData() {}

    /** Field name to text; a number is its plain decimal text as given. */
    public static Map<String, String> scalars(JsonNode data) {
        Map<String, String> scalars = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            String text = text(field.getValue());
            if (text != null) {
                scalars.put(field.getKey(), text);
            }
        }
        return scalars;
    }

    /** The number that a text stands for; null if it is none, or of more than {@link #MAX_DIGITS} digits. */
    public static @Nullable BigDecimal number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_DIGITS) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            return plausible(value) ? value : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Whether a number can be written out plainly: no exponent that stands for a million digits. */
    public static boolean plausible(BigDecimal value) {
        return Math.abs((long) value.scale()) <= MAX_DIGITS && value.precision() <= MAX_DIGITS;
    }

    /**
     * The data with every number as its shortest plain text: 1.50, 1.5 and "1.5" say the same. For comparing what two sides
     * said of one event, one of which may have passed through another service.
     */
    public static JsonNode comparable(ObjectNode data) {
        ObjectNode copy = data.objectNode();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            JsonNode value = field.getValue();
            if (value.isNumber()) {
                copy.put(field.getKey(), plain(value.decimalValue()));
            } else if (value.isObject()) {
                copy.set(field.getKey(), comparable((ObjectNode) value));
            } else {
                copy.set(field.getKey(), value);
            }
        }
        return copy;
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isTextual() || value.isBoolean() ? value.asText() : null;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
