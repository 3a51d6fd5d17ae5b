package dev.weir.catalog.publication.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Rollout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published catalog.
 *
 * @param document the bare document, as JSON, its members in their order
 * @param inForce the {@code CatalogInForce} that was published
 * @param changes the diff to the catalog before
 * @param reason why it was published, if whoever did so said it
 * @param reapplied the earlier version that it brings back; null if it does not
 */
public record StoredCatalog(
        long version,
        Instant publishedAt,
        String publishedBy,
        Rollout rollout,
        String document,
        JsonNode inForce,
        JsonNode changes,
        @Nullable String reason,
        @Nullable Long reapplied) {}
