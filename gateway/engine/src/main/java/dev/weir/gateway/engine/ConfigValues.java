package dev.weir.gateway.engine;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;

/** Whether a CONFIG value that a customer has covers one that is asked for. */
final class ConfigValues {
    // A number with an exponent would let a short text stand for one of a billion digits.
    private static final int MAX_LENGTH = 40;

    private ConfigValues() {}

    static boolean covers(FeatureDefinition definition, String held, String wanted) {
        ConfigValueType type = definition.valueType() == null ? ConfigValueType.TEXT : definition.valueType();
        return switch (type) {
            case TEXT -> held.equals(wanted);
            case ENUM -> {
                int index = definition.values().indexOf(wanted);
                yield index >= 0 && index <= definition.values().indexOf(held);
            }
            case NUMBER -> {
                int compared = number(wanted).compareTo(number(held));
                yield definition.better() == Better.HIGHER ? compared <= 0 : compared >= 0;
            }
        };
    }

    private static BigDecimal number(String text) {
        try {
            if (text.length() <= MAX_LENGTH) {
                BigDecimal number = new BigDecimal(text);
                if (Math.abs(number.scale()) <= MAX_LENGTH) {
                    return number;
                }
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the refusal below, which says it to the caller
        }
        throw Problem.badRequest("INVALID_VALUE", "the value is not a number")
                .error("value", "INVALID_VALUE", "is not a number");
    }
}
