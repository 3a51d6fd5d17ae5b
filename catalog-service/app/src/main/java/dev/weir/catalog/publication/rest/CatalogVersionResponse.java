package dev.weir.catalog.publication.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A publication of the history.
 *
 * @param publishedBy who
 * @param reason why, if it was said
 * @param reapplied the earlier version that it brought back
 * @param diff to the catalog before it
 * @param document the bare document; only where one version is asked for
 */
public record CatalogVersionResponse(
        long version,
        Instant publishedAt,
        String publishedBy,
        Rollout rollout,
        @Nullable String reason,
        @Nullable Long reapplied,
        @Schema(implementation = Object[].class) JsonNode diff,
        @Schema(implementation = Object.class) @Nullable JsonNode document) {

    static CatalogVersionResponse listed(StoredCatalog stored) {
        return new CatalogVersionResponse(
                stored.version(),
                stored.publishedAt(),
                stored.publishedBy(),
                stored.rollout(),
                stored.reason(),
                stored.reapplied(),
                stored.changes(),
                null);
    }

    static CatalogVersionResponse whole(StoredCatalog stored) {
        try {
            return new CatalogVersionResponse(
                    stored.version(),
                    stored.publishedAt(),
                    stored.publishedBy(),
                    stored.rollout(),
                    stored.reason(),
                    stored.reapplied(),
                    stored.changes(),
                    Json.mapper().readTree(stored.document()));
        } catch (IOException e) {
            throw new UncheckedIOException("a stored document is JSON", e);
        }
    }
}
