package dev.weir.entitlement.resource.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.resource.domain.Place;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource of a customer; its subscriptions are listed by {@code GET .../subscriptions?resource=}. */
public record PlaceResponse(
        String customer,
        String resource,
        @Nullable String name,
        Map<String, JsonNode> metadata,
        Instant createdAt,
        Instant updatedAt) {

    static PlaceResponse of(Place place) {
        return new PlaceResponse(
                place.customer(),
                place.resource(),
                place.name(),
                place.metadata(),
                place.createdAt(),
                place.updatedAt());
    }
}
