package dev.weir.entitlement.customer.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which customers are asked for; everything that is said must hold.
 *
 * @param parent the direct parent
 * @param archived null = archived or not
 * @param search a part of the id or of the name, in any case
 * @param metadata an entry must have one of the values
 */
public record CustomerQuery(
        @Nullable String parent,
        @Nullable Boolean archived,
        @Nullable String search,
        Map<String, List<JsonNode>> metadata) {
    public CustomerQuery {
        metadata = Map.copyOf(metadata);
    }
}
