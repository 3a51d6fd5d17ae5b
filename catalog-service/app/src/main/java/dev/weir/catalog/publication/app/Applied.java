package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.publication.domain.Touched;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document.
 *
 * @param version the catalog version that has the document in force (dry run: that would)
 * @param before the catalog version that was in force
 * @param changed false = everything was so already
 * @param reason as asked for
 * @param touched which subscriptions hold something else than what is now in force
 */
public record Applied(
        long version,
        long before,
        boolean changed,
        boolean dryRun,
        Rollout rollout,
        @Nullable String reason,
        List<Change> changes,
        Touched touched,
        CatalogBodies catalog) {}
