package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what callers write, and says which field is wrong. */
public final class Inputs {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

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

    /** An RFC 3339 instant that the database can keep, to the microsecond: a finer one would not equal itself when it comes again. */
    public static Instant instant(String field, String text) {
        try {
            return kept(field, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw invalid(field, "INVALID_VALUE", "not an RFC 3339 instant");
        }
    }

    /** The instant to the microsecond; a 400 outside the years 1970 to 9998. */
    public static Instant kept(String field, Instant instant) {
        if (instant.isBefore(FIRST) || !instant.isBefore(LAST)) {
            throw invalid(field, "INVALID_VALUE", "must be in the years 1970 to 9998");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
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
