package dev.weir.gateway.check.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields that the bodies of a check and an estimate share; what is wrong is refused with its place. */
final class BodyFields {
    private static final int MAX_NUMBER = 60;
    private static final int MAX_TEXT = 255;
    private static final int MAX_DIMENSIONS = 50;

    private BodyFields() {}

    static String customer(@Nullable String value) {
        String who = required("customer", value);
        if (!CustomerId.isValid(who)) {
            throw invalid("customer", "INVALID_KEY", "is not a customer id");
        }
        return who;
    }

    static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw invalid(field, "REQUIRED", "is required");
        }
        if (value.length() > MAX_TEXT) {
            throw invalid(field, "INVALID_KEY", "is too long");
        }
        return value;
    }

    static @Nullable BigDecimal quantity(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        try {
            String text = node.asText();
            if (node.isValueNode() && !node.isBoolean() && text.length() <= MAX_NUMBER) {
                BigDecimal number = new BigDecimal(text);
                // An exponent would let a short text stand for a number of a billion digits.
                if (Math.abs(number.scale()) <= MAX_NUMBER) {
                    return number;
                }
            }
        } catch (NumberFormatException notANumber) {
            // refused below, with its place
        }
        throw invalid("quantity", "INVALID_QUANTITY", "is not a number");
    }

    static Map<String, String> dimensions(@Nullable Map<String, JsonNode> dimensions) {
        if (dimensions == null || dimensions.isEmpty()) {
            return Map.of();
        }
        if (dimensions.size() > MAX_DIMENSIONS) {
            throw invalid("dimensions", "INVALID_VALUE", "has more than " + MAX_DIMENSIONS + " entries");
        }
        Map<String, String> texts = new HashMap<>();
        dimensions.forEach((name, node) -> {
            String text = text("dimensions." + name, node);
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    static @Nullable String text(String field, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isValueNode()) {
            throw invalid(field, "INVALID_VALUE", "must be a string or a number");
        }
        return node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText();
    }

    private static Problem invalid(String field, String code, String detail) {
        return Problem.badRequest(code, field + " " + detail).error(field, code, detail);
    }
}
