package dev.weir.ledger.reservation.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was used, and the usage event that tells of it. */
public record SettleRequest(
        @Nullable JsonNode quantity,
        @Nullable Map<String, JsonNode> dimensions,
        @Nullable Event event) {

    /**
     * A usage event.
     *
     * @param time RFC 3339; null = now
     * @param data null = the settle's dimensions
     */
    public record Event(
            @Nullable String id,
            @Nullable String source,
            @Nullable String time,
            @Nullable ObjectNode data) {}
}
