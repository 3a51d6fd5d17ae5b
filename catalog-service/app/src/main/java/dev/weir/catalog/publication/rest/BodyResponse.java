package dev.weir.catalog.publication.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.publication.persistence.StoredBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan or an add-on.
 *
 * @param version the version in force, or the last one if it is retired
 * @param retired true = the document in force does not have it any more
 * @param versions every published version, the latest first; only where one key is asked for
 * @param body the closed body of {@code version}, as published to the other services
 */
public record BodyResponse(
        String key, int version, boolean retired, @Nullable List<PublishedVersion> versions, JsonNode body) {

    /** A published version and the catalog version that first had it. */
    public record PublishedVersion(int version, String hash, long catalogVersion) {
        static PublishedVersion of(StoredBody stored) {
            return new PublishedVersion(stored.version(), stored.hash(), stored.catalogVersion());
        }
    }

    static BodyResponse listed(StoredBody stored) {
        return new BodyResponse(stored.key(), stored.version(), false, null, stored.body());
    }
}
