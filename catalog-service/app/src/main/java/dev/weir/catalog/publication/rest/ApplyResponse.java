package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.publication.app.Applied;
import dev.weir.catalog.publication.domain.Touched;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document.
 *
 * @param version the catalog version that has it in force (dry run: that would)
 * @param changed false = everything was so already
 * @param rollout whom the version in force reaches
 * @param reason as given
 * @param diff by kind and key: what is added, changed field by field, or retired, and what that does for customers
 * @param touched the subscriptions that hold another version than the one now in force
 * @param plans the version in force of every plan, by key
 * @param addons the version in force of every add-on, by key
 */
public record ApplyResponse(
        long version,
        boolean changed,
        boolean dryRun,
        Rollout rollout,
        @Nullable String reason,
        List<Change> diff,
        Touched touched,
        Map<String, Version> plans,
        Map<String, Version> addons) {

    /** A version number, alone so that fields can be added. */
    public record Version(int version) {}

    static ApplyResponse of(Applied applied) {
        Map<String, Version> plans = new LinkedHashMap<>();
        applied.catalog().plans().forEach((key, body) -> plans.put(key, new Version(body.version())));
        Map<String, Version> addons = new LinkedHashMap<>();
        applied.catalog().addons().forEach((key, body) -> addons.put(key, new Version(body.version())));
        return new ApplyResponse(
                applied.version(),
                applied.changed(),
                applied.dryRun(),
                applied.rollout(),
                applied.reason(),
                applied.changes(),
                applied.touched(),
                plans,
                addons);
    }
}
