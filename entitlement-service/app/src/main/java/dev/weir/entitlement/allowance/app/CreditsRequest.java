package dev.weir.entitlement.allowance.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.input.domain.Decimals;
import dev.weir.entitlement.input.domain.Faults;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Credit that is promised once.
 *
 * @param amount a number or decimal text
 * @param priority 0 burns first; 10 unless given, before what was bought
 * @param expiresAfter ISO 8601, from the promotion's {@code from} on; never unless given
 */
public record CreditsRequest(
        @Nullable String unit,
        @Schema(implementation = String.class) @Nullable JsonNode amount,
        @Nullable Integer priority,
        @Nullable String expiresAfter) {
    private static final int PRIORITY = 10;
    private static final int PRIORITY_MAX = 1_000;

    /** The amount; what is wrong with anything is noted. */
    BigDecimal check(Faults faults) {
        faults.catalogKey("credits.unit", unit);
        if (amount == null || amount.isNull()) {
            faults.required("credits.amount");
        }
        if (priority != null && (priority < 0 || priority > PRIORITY_MAX)) {
            faults.add("credits.priority", "INVALID_VALUE", "must be 0 to " + PRIORITY_MAX);
        }
        if (expiresAfter != null && !isPeriod(expiresAfter)) {
            faults.add("credits.expiresAfter", "INVALID_VALUE", "must be an ISO 8601 period such as P30D");
        }
        BigDecimal read = Decimals.read(amount, "credits.amount", faults);
        return read == null ? BigDecimal.ONE : read;
    }

    int rank() {
        return priority == null ? PRIORITY : priority;
    }

    private static boolean isPeriod(String text) {
        try {
            return Recurrence.seconds(text) > 0;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
