package dev.weir.catalog.publication.persistence;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.document.app.SourceDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A catalog about to be stored: what is in force, how it was written, by whom and why.
 *
 * @param reapplied the earlier version that it brings back; null if it does not
 */
public record NewCatalog(
        CatalogInForce inForce,
        String publishedBy,
        SourceDocument source,
        String document,
        List<Change> changes,
        @Nullable String reason,
        @Nullable Long reapplied) {}
