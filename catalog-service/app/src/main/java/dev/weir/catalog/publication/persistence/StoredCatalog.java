package dev.weir.catalog.publication.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Rollout;
import java.time.Instant;

/**
 * A published catalog.
 *
 * @param document the bare document, as JSON, its members in their order
 * @param inForce the {@code CatalogInForce} that was published
 * @param changes the diff to the catalog before
 */
public record StoredCatalog(
        long version,
        Instant publishedAt,
        String publishedBy,
        Rollout rollout,
        String document,
        JsonNode inForce,
        JsonNode changes) {}
