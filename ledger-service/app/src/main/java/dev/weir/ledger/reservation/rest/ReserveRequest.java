package dev.weir.ledger.reservation.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to hold.
 *
 * @param quantity a decimal, as text or number; or dimensions, by the rate table's field names
 * @param atLeast dimensions that are certainly used
 * @param expiresIn ISO 8601; PT5M by default, PT24H at most
 * @param onLapse RELEASE, CAPTURE or QUARANTINE
 */
public record ReserveRequest(
        @Nullable String customer,
        @Nullable String feature,
        @Nullable JsonNode quantity,
        @Nullable Map<String, JsonNode> dimensions,
        @Nullable Map<String, JsonNode> atLeast,
        @Nullable String expiresIn,
        @Nullable String onLapse,
        @Nullable String resource) {}
