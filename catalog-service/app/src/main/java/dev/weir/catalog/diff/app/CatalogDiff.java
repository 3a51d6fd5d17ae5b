package dev.weir.catalog.diff.app;

import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.CatalogComparison;
import dev.weir.catalog.diff.domain.Change;
import java.util.List;

/** What is different between two catalogs. */
public final class CatalogDiff {

    private CatalogDiff() {}

    /** The changes that make one catalog of the other, by kind and key, with what they do for customers. */
    public static List<Change> between(CatalogBodies before, CatalogBodies after) {
        List<Change> changes = Flattening.of(before).changesTo(Flattening.of(after));
        return CatalogComparison.explain(changes, before, after);
    }
}
