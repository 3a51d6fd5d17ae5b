package dev.weir.simulators.stripe.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused in Stripe's words. A <em>validation</em> error is found before the request begins to execute,
 * so its answer is not kept under the idempotency key; every other refusal is.
 */
public final class StripeError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final boolean validation;
    private final transient Map<String, String> headers;

    private StripeError(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message,
            boolean validation,
            Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.validation = validation;
        this.headers = headers;
    }

    /** A parameter that is needed and not given. */
    public static StripeError missing(String param) {
        return validation("parameter_missing", param, "Missing required param: " + param + ".");
    }

    /** A parameter that the call does not have. */
    public static StripeError unknown(String param) {
        return validation("parameter_unknown", param, "Received unknown parameter: " + param);
    }

    /** A parameter with a value that it cannot have. */
    public static StripeError invalid(String param, String message) {
        return validation("parameter_invalid", param, message);
    }

    /** A fault in the parameters, with a code of its own. */
    public static StripeError validation(@Nullable String code, @Nullable String param, String message) {
        return new StripeError(400, "invalid_request_error", code, param, message, true, Map.of());
    }

    /** A request that is well formed and refused by the state of things. */
    public static StripeError refused(@Nullable String code, @Nullable String param, String message) {
        return new StripeError(400, "invalid_request_error", code, param, message, false, Map.of());
    }

    /** An object that is not there: 404 for the path's own object, 400 for one that a parameter names. */
    public static StripeError noSuch(String kind, String id, String param) {
        int status = "id".equals(param) ? 404 : 400;
        String message = "No such " + kind + ": '" + id + "'";
        return new StripeError(status, "invalid_request_error", "resource_missing", param, message, false, Map.of());
    }

    /** Any other refusal that comes before execution: limits, locks, keys, authentication. */
    public static StripeError early(
            int status, String type, @Nullable String code, String message, Map<String, String> headers) {
        return new StripeError(status, type, code, null, message, true, headers);
    }

    /** The same refusal with one more response header. */
    public StripeError with(String name, String value) {
        return new StripeError(status, type, code, param, getMessage(), validation, Map.of(name, value));
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** Whether the request was refused before it began to execute. */
    public boolean isValidation() {
        return validation;
    }

    /** The answer on the wire. */
    public Reply reply() {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", getMessage());
        if (param != null) {
            error.put("param", param);
        }
        error.put("type", type);
        return new Reply(status, Json.bytes(body), headers);
    }
}
