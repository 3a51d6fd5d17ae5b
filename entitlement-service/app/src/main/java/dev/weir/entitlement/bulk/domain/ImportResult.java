package dev.weir.entitlement.bulk.domain;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of an import.
 *
 * @param index its place in the import, from 0
 * @param customer not there if it could not be read
 * @param code of a REJECTED item
 * @param made what the item's parts are, by kind and key; those that were there before too
 */
public record ImportResult(
        int index,
        @Nullable String customer,
        Status status,
        @Nullable String code,
        @Nullable String detail,
        List<Fault> errors,
        List<Part> made) {
    public ImportResult {
        errors = List.copyOf(errors);
        made = List.copyOf(made);
    }

    /**
     * CREATED: the customer is new; UPDATED: it was there and something was changed or added; UNCHANGED: all was there; REJECTED:
     * nothing of the item was done.
     */
    public enum Status {
        CREATED,
        UPDATED,
        UNCHANGED,
        REJECTED
    }

    /** Something wrong at a place of the item. */
    public record Fault(String field, String code, String detail) {}

    /** A part that the import made, now or before. */
    public record Part(String kind, String key, UUID id) {}
}
