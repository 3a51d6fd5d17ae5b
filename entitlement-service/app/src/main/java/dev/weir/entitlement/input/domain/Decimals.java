package dev.weir.entitlement.input.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Decimals as requests bring them: numbers, or texts without an exponent. */
public final class Decimals {
    private static final int DIGITS_MAX = 60;

    private Decimals() {}

    /** The decimal; null if there is none or it is unreadable, which is noted. */
    public static @Nullable BigDecimal read(@Nullable JsonNode node, String field, Faults faults) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isNumber() && !isHuge(node)) {
            return node.decimalValue();
        }
        if (node.isTextual() && node.textValue().matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
            return new BigDecimal(node.textValue());
        }
        faults.add(field, "INVALID_QUANTITY", "must be a decimal");
        return null;
    }

    /** Whether a number is too long to be meant: an exponent lets a short text stand for one of a billion digits. */
    public static boolean isHuge(JsonNode number) {
        BigDecimal decimal = number.decimalValue();
        return decimal.precision() > DIGITS_MAX || Math.abs((long) decimal.scale()) > DIGITS_MAX;
    }
}
