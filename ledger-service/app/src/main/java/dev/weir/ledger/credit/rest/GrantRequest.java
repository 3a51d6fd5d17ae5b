package dev.weir.ledger.credit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credit to give.
 *
 * @param amount a decimal with at most the unit's scale
 * @param category PAID or PROMOTIONAL
 * @param priority 0 burns first; 50 by default
 * @param cost what was paid for it; not for PROMOTIONAL
 * @param features only these may draw on it; absent = any
 */
public record GrantRequest(
        @Nullable String unit,
        @Nullable JsonNode amount,
        @Nullable String category,
        @Nullable Integer priority,
        @Nullable String effectiveAt,
        @Nullable String expiresAt,
        @Nullable Cost cost,
        @Nullable List<String> features,
        @Nullable String reference,
        @Nullable String reason) {

    /** Money in major units of an ISO 4217 currency. */
    public record Cost(@Nullable JsonNode amount, @Nullable String currency) {}
}
