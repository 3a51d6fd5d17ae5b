package dev.weir.catalog.contract;

import java.util.Objects;

/** A published version by number and content hash. */
public record VersionReference(int version, String hash) {
    public VersionReference {
        Objects.requireNonNull(hash, "hash");
    }
}
