package dev.weir.catalog.publication.persistence;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A published body.
 *
 * @param catalogVersion the catalog version that published it first
 */
public record StoredBody(String key, int version, String hash, long catalogVersion, JsonNode body) {}
