package dev.weir.catalog.publication.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * The versions that were ever published, by key and content hash. Content that comes back gets the version it had: equal
 * content never makes a new version.
 */
public record KnownVersions(Map<String, Map<String, Integer>> byKeyAndHash) {

    public KnownVersions {
        Map<String, Map<String, Integer>> copy = new HashMap<>();
        byKeyAndHash.forEach((key, hashes) -> copy.put(key, Map.copyOf(hashes)));
        byKeyAndHash = Map.copyOf(copy);
    }

    /** Whether that content was published under that key. */
    public boolean contains(String key, String hash) {
        return byKeyAndHash.getOrDefault(key, Map.of()).containsKey(hash);
    }

    /** The version of that content, or the one it would get. */
    public int versionOf(String key, String hash) {
        Map<String, Integer> known = byKeyAndHash.getOrDefault(key, Map.of());
        Integer version = known.get(hash);
        return version != null
                ? version
                : known.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    }
}
