package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what callers write, and says which field is wrong. */
public final class Inputs {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private Inputs() {}

    /** A decimal, exact, written as text or number. */
    public static BigDecimal decimal(String field, JsonNode node) {
        if (node.isNumber()) {
            BigDecimal value = node.decimalValue();
            if (Math.abs(value.scale()) > 40 || value.precision() > 80) {
                throw invalid(field, "INVALID_QUANTITY", "not a plain decimal number");
            }
            return value;
        }
        if (node.isTextual() && DECIMAL.matcher(node.textValue()).matches()) {
            return new BigDecimal(node.textValue());
        }
        throw invalid(field, "INVALID_QUANTITY", "not a plain decimal number");
    }

    /** A customer id in a path. */
    public static String customer(@Nullable String customer) {
        if (!CustomerId.isValid(customer) || customer == null) {
            throw Problem.notFound("UNKNOWN_CUSTOMER", "not a customer id");
        }
        return customer;
    }

    /** A 400 that names the field. */
    public static Problem invalid(String field, String code, String detail) {
        return Problem.badRequest(code, field + ": " + detail).error(field, code, detail);
    }
}
