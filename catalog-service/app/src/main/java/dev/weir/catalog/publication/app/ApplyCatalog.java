package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.document.app.DocumentFormat;
import org.jspecify.annotations.Nullable;

/**
 * Wants a document applied.
 *
 * @param dryRun true = only say what would change
 * @param expectedVersion the catalog version the caller has seen; null = any
 * @param by who asks, for the history
 */
public record ApplyCatalog(
        String source,
        DocumentFormat format,
        boolean dryRun,
        Rollout rollout,
        @Nullable Long expectedVersion,
        String by) {}
