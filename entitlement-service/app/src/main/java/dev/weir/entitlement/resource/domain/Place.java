package dev.weir.entitlement.resource.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a customer, such as a workspace or a site, that may have subscriptions of its own.
 *
 * @param resource its key, by which subscriptions, checks and usage name it
 */
public record Place(
        String customer,
        String resource,
        @Nullable String name,
        Map<String, JsonNode> metadata,
        Instant createdAt,
        Instant updatedAt) {
    public Place {
        metadata = Map.copyOf(metadata);
    }
}
