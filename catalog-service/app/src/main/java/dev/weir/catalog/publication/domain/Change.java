package dev.weir.catalog.publication.domain;

import java.util.List;

/**
 * What applying a document does to one thing of the catalog.
 *
 * @param fields for CHANGED: what is different
 */
public record Change(EntryKind kind, String key, Type change, List<FieldChange> fields) {

    /** What happens to it. */
    public enum Type {
        ADDED,
        CHANGED,
        RETIRED
    }

    public Change {
        fields = List.copyOf(fields);
    }
}
