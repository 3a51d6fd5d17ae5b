package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.publication.domain.Change;
import dev.weir.catalog.publication.domain.Compiled;
import java.util.List;

/**
 * What became of a document.
 *
 * @param version the catalog version that has the document in force (dry run: that would)
 * @param changed false = everything was so already
 */
public record Applied(
        long version, boolean changed, boolean dryRun, Rollout rollout, List<Change> changes, Compiled compiled) {}
