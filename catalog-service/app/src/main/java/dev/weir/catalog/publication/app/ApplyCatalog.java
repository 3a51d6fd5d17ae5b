package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.document.app.SourceDocument;
import org.jspecify.annotations.Nullable;

/**
 * Wants a document applied.
 *
 * @param reapplies the earlier version whose document it is; null = a document of the caller's
 * @param dryRun true = only say what would change
 * @param expectedVersion the catalog version the caller has seen; null = any
 * @param by who asks, for the history
 * @param reason why, for the history; null = not said
 */
public record ApplyCatalog(
        SourceDocument source,
        @Nullable Long reapplies,
        boolean dryRun,
        Rollout rollout,
        @Nullable Long expectedVersion,
        String by,
        @Nullable String reason) {}
