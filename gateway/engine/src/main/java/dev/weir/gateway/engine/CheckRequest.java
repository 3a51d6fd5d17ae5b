package dev.weir.gateway.engine;

import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * May this customer use this feature now?
 *
 * @param quantity of a METERED feature in whole units (1 if absent), of a CREDIT feature in credits; excludes dimensions
 * @param dimensions of a CREDIT feature: the rate table's fields as text; empty = whether anything at all may be drawn
 * @param value of a CONFIG feature: whether this model, region or size is allowed
 * @param resource null = the customer as a whole
 */
public record CheckRequest(
        String customer,
        String feature,
        @Nullable BigDecimal quantity,
        Map<String, String> dimensions,
        @Nullable String value,
        @Nullable String resource) {

    public CheckRequest {
        dimensions = Map.copyOf(dimensions);
        if (quantity != null && quantity.signum() < 0) {
            throw Problem.badRequest("INVALID_QUANTITY", "the quantity is negative")
                    .error("quantity", "INVALID_QUANTITY", "must not be negative");
        }
        if (quantity != null && !dimensions.isEmpty()) {
            throw Problem.badRequest("INVALID_VALUE", "give a quantity or dimensions, not both")
                    .error("quantity", "INVALID_VALUE", "excludes dimensions");
        }
    }

    /** A request without quantity, dimensions, value and resource. */
    public static CheckRequest of(String customer, String feature) {
        return new CheckRequest(customer, feature, null, Map.of(), null, null);
    }
}
