package dev.weir.entitlement.resource.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.input.domain.Metadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a resource; what is left out is unset. */
public record PlaceRequest(@Nullable String name, @Nullable Map<String, JsonNode> metadata) {

    void check(String resource) {
        Faults faults = new Faults();
        faults.text("resource", resource);
        faults.text("name", name);
        Metadata.check(said(), faults);
        faults.refuse();
    }

    Map<String, JsonNode> said() {
        return metadata == null ? Map.of() : metadata;
    }
}
