package dev.weir.entitlement.bulk.rest;

import dev.weir.entitlement.bulk.domain.ImportResult;
import java.util.List;

/** What became of an import: the numbers, and each item. */
public record ImportResponse(long created, long updated, long unchanged, long rejected, List<ImportResult> items) {

    static ImportResponse of(List<ImportResult> items) {
        return new ImportResponse(
                count(items, ImportResult.Status.CREATED),
                count(items, ImportResult.Status.UPDATED),
                count(items, ImportResult.Status.UNCHANGED),
                count(items, ImportResult.Status.REJECTED),
                items);
    }

    private static long count(List<ImportResult> items, ImportResult.Status status) {
        return items.stream().filter(item -> item.status() == status).count();
    }
}
