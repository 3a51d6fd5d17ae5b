package dev.weir.entitlement.cohort.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a cohort: customers for whom everything holds that is said.
 *
 * @param plan they are on this plan now, whatever its version
 * @param product they have an active subscription of this product
 * @param country ISO 3166 alpha-2
 * @param metadata each entry equals the customer's
 */
public record CohortFilter(
        @Nullable String plan,
        @Nullable String product,
        @Nullable String country,
        @Nullable Map<String, JsonNode> metadata) {
    public CohortFilter {
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    /** Whether it says nothing. */
    public boolean isEmpty() {
        return plan == null && product == null && country == null && (metadata == null || metadata.isEmpty());
    }
}
