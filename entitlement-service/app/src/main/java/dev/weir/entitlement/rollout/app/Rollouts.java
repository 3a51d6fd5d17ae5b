package dev.weir.entitlement.rollout.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.rollout.domain.RolloutProgress;
import dev.weir.entitlement.rollout.persistence.RolloutTable;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes which catalogs go to all customers, and shows how far each has come. */
@Singleton
public class Rollouts {
    private final RolloutTable table;
    private final DatabaseClock clock;

    Rollouts(RolloutTable table, DatabaseClock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Notes that a catalog goes to all customers. It is carried out in the background, once its bodies are here. */
    @Transactional
    public void request(CatalogInForce catalog) {
        table.request(catalog, clock.now());
    }

    /** One rollout; 404 NOT_FOUND if that catalog was not applied for all customers. */
    public RolloutProgress get(long catalogVersion) {
        return table.progress(catalogVersion)
                .orElseThrow(() -> Problem.notFound(
                        "NOT_FOUND", "catalog " + catalogVersion + " was not applied for all customers"));
    }

    /** The rollouts of catalogs before one, the latest first. */
    public List<RolloutProgress> list(@Nullable Long before, int limit) {
        return table.progress(before, limit);
    }
}
