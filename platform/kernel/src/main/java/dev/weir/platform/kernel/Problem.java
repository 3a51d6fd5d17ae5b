package dev.weir.platform.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that a caller can act on: an HTTP status, a stable code, and a sentence. It becomes problem+json (RFC 9457) in
 * one place. It is built in one thread, right where it is thrown.
 */
public final class Problem extends RuntimeException {

    /**
     * One fault of the input.
     *
     * @param field where it is, as a path such as {@code plans[0].price}
     * @param code the stable code
     * @param detail a sentence
     */
    public record FieldError(String field, String code, String detail) {}

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, Object> extensions = new LinkedHashMap<>();
    private final transient List<FieldError> errors = new ArrayList<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /**
     * A problem with this HTTP status (400 to 599), stable code (upper case, underscores) and detail. The detail is shown to
     * the caller, so it names no internals.
     */
    public Problem(int status, String code, String detail) {
        // No stack trace: a refusal is an answer, not a fault, and hot paths throw it.
        super(detail, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error status: " + status);
        }
        this.status = status;
        this.code = code;
    }

    /** 400. */
    public static Problem badRequest(String code, String detail) {
        return new Problem(400, code, detail);
    }

    /** 403. */
    public static Problem forbidden(String code, String detail) {
        return new Problem(403, code, detail);
    }

    /** 404. */
    public static Problem notFound(String code, String detail) {
        return new Problem(404, code, detail);
    }

    /** 409. */
    public static Problem conflict(String code, String detail) {
        return new Problem(409, code, detail);
    }

    /** 422. */
    public static Problem unprocessable(String code, String detail) {
        return new Problem(422, code, detail);
    }

    /** Adds an extension member to the body. */
    public Problem with(String key, Object value) {
        extensions.put(key, value);
        return this;
    }

    /** Adds one fault of the input to the member {@code errors}. */
    public Problem error(String field, String errorCode, String errorDetail) {
        errors.add(new FieldError(field, errorCode, errorDetail));
        return this;
    }

    /** Adds a response header, such as {@code Retry-After}. */
    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** The sentence for the caller. */
    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** The extension members, in the order they were added. */
    public Map<String, Object> extensions() {
        return Collections.unmodifiableMap(extensions);
    }

    /** The faults of the input, in the order they were added. */
    public List<FieldError> errors() {
        return Collections.unmodifiableList(errors);
    }

    /** The response headers. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }
}
