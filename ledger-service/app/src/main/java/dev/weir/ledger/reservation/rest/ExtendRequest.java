package dev.weir.ledger.reservation.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to hold in addition. */
public record ExtendRequest(
        @Nullable JsonNode quantity, @Nullable Map<String, JsonNode> dimensions) {}
