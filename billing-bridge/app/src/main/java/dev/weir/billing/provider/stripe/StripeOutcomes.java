package dev.weir.billing.provider.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import dev.weir.billing.provider.domain.Outcome;
import java.time.Duration;

/**
 * What an exception of the SDK means for a command. The rules are those of docs/adr/0006: what may have run is repeated
 * under the same key, what did not run waits, what can never run is rejected.
 */
final class StripeOutcomes {
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private StripeOutcomes() {}

    static Outcome of(StripeException failure) {
        String code = failure.getCode() == null ? "" : failure.getCode();
        String detail = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        int status = failure.getStatusCode() == null ? 0 : failure.getStatusCode();
        return switch (failure) {
            case ApiConnectionException lost -> new Outcome.Unknown(detail);
            case AuthenticationException refused -> new Outcome.AccountRefused(detail);
            case RateLimitException limited -> new Outcome.Throttled(BACK_OFF);
            case IdempotencyException mismatch -> new Outcome.Rejected("idempotency_error", detail);
            default -> byStatus(status, code, detail);
        };
    }

    private static Outcome byStatus(int status, String code, String detail) {
        if (status == 409 || "idempotency_key_in_use".equals(code) || "lock_timeout".equals(code)) {
            return new Outcome.Conflict(detail);
        }
        if (status == 0 || status >= 500) {
            return new Outcome.Unknown(status + " " + detail);
        }
        if ("duplicate_meter_event".equals(code) || detail.contains("An event already exists with identifier")) {
            return new Outcome.AlreadyApplied("");
        }
        if ("resource_already_exists".equals(code)) {
            return new Outcome.Unknown("exists already: " + detail);
        }
        return new Outcome.Rejected(code.isEmpty() ? "http_" + status : code, detail);
    }
}
