package dev.weir.catalog.publication.app;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.app.CatalogDiff;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a writer who has not seen what is in force, and tells what was published in between, by whom and why. */
@ApplicationScoped
class Interim {

    /** So many publications are named one by one; the diff covers all of them. */
    private static final int NAMED_MAX = 50;

    private final CatalogStore catalogs;
    private final PublishedCatalogs published;

    Interim(CatalogStore catalogs, PublishedCatalogs published) {
        this.catalogs = catalogs;
        this.published = published;
    }

    /** A publication that the writer has not seen. */
    record Publication(
            long version,
            Instant publishedAt,
            String publishedBy,
            @Nullable String reason,
            Rollout rollout) {

        static Publication of(StoredCatalog stored) {
            return new Publication(
                    stored.version(), stored.publishedAt(), stored.publishedBy(), stored.reason(), stored.rollout());
        }
    }

    /** The writer named the version that it has seen, and another is in force. */
    Problem unseen(long seen, long current) {
        Problem problem = new Problem(
                412,
                "VERSION_CONFLICT",
                seen > current
                        ? "there is no catalog version " + seen + " yet: version " + current + " is in force"
                        : "version " + current + " is in force, and If-Match names version " + seen
                                + ": see what changed in between");
        return explained(problem, seen, current);
    }

    /** Another publication came first while this one waited for its turn. */
    Problem overtaken(long seen, long current) {
        Problem problem = Problem.conflict(
                "CONCURRENT_PUBLICATION",
                "version " + current
                        + " was published while this document was being applied: see what changed in between");
        return explained(problem, seen, current);
    }

    private Problem explained(Problem problem, long seen, long current) {
        problem.with("version", current).header("ETag", "\"" + current + "\"");
        if (seen < current) {
            List<Publication> between = catalogs.between(Math.max(seen, current - NAMED_MAX), current).stream()
                    .map(Publication::of)
                    .toList();
            problem.with("between", between)
                    .with("diff", CatalogDiff.between(published.of(seen), published.of(current)));
        }
        return problem;
    }
}
