package dev.weir.platform.servicekit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON body, and where. */
public final class JsonProblems {

    private JsonProblems() {}

    /** The problem that a body has which Jackson refused. */
    public static Problem of(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> {
                String field = path(unknown);
                yield Problem.badRequest("UNKNOWN_FIELD", "the field " + field + " is not known here")
                        .error(field, "UNKNOWN_FIELD", "is not known here");
            }
            case JsonMappingException mapping -> mapping(mapping);
            default -> malformed();
        };
    }

    private static Problem mapping(JsonMappingException failure) {
        @Nullable Problem own = cause(failure, Problem.class);
        if (own != null) {
            return own;
        }
        if (cause(failure, StreamReadException.class) != null
                || failure.getPath().isEmpty() && isEmptyBody(failure)) {
            return malformed();
        }
        String field = path(failure);
        return Problem.badRequest(
                        "INVALID_VALUE", "the value of " + (field.isEmpty() ? "the body" : field) + " is not valid")
                .error(field, "INVALID_VALUE", expectation(failure));
    }

    private static boolean isEmptyBody(JsonMappingException failure) {
        return failure instanceof MismatchedInputException
                && failure.getOriginalMessage().startsWith("No content");
    }

    private static Problem malformed() {
        return Problem.badRequest("MALFORMED_BODY", "the body is not well-formed JSON");
    }

    private static String expectation(JsonMappingException failure) {
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            Class<?> type = mismatch.getTargetType();
            if (type.isEnum()) {
                return "must be one of " + Arrays.toString(type.getEnumConstants());
            }
            return "must be " + kind(type);
        }
        return "is not valid";
    }

    /** What a caller calls it, who knows JSON and not our classes. */
    private static String kind(Class<?> type) {
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            boolean fraction = type == BigDecimal.class || type == double.class || type == Double.class;
            return fraction ? "a number" : "a whole number";
        }
        if (type == Instant.class || type == OffsetDateTime.class) {
            return "an RFC 3339 instant";
        }
        if (type == Duration.class) {
            return "an ISO 8601 duration";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a JSON list" : "a JSON object";
    }

    private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** The path of the field, such as {@code plans[0].price}. */
    static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
