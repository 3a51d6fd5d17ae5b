package dev.weir.entitlement.catalog.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Product;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.catalog.domain.DefaultPlan;
import dev.weir.entitlement.catalog.persistence.DefaultPlanTable;
import dev.weir.platform.servicekit.web.DatabaseClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which plan serves customers without a subscription. Nobody chose it, so nobody is pinned to a version of it: it follows the
 * catalog in force, from the instant at which that is applied here.
 */
@Singleton
public class DefaultPlans {
    private final DefaultPlanTable table;
    private final DatabaseClock clock;

    DefaultPlans(DefaultPlanTable table, DatabaseClock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The whole history, by product and time. */
    public List<DefaultPlan> history() {
        return table.history();
    }

    /** Follows a catalog that has just been applied. */
    void follow(CatalogInForce catalog) {
        Instant from = clock.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, @Nullable String> known = new HashMap<>();
        for (DefaultPlan row : table.history()) {
            known.put(row.product(), row.planHash());
            from = row.from().isBefore(from) ? from : row.from().plusMillis(1);
        }
        Set<String> products = new TreeSet<>(known.keySet());
        products.addAll(catalog.products().keySet());
        boolean changed = false;
        for (String product : products) {
            Product named = catalog.products().get(product);
            String plan = named == null ? null : named.defaultPlan();
            VersionReference reference = plan == null ? null : catalog.plans().get(plan);
            if (!Objects.equals(known.get(product), reference == null ? null : reference.hash())) {
                table.add(product, from, catalog.version(), plan, reference);
                changed = true;
            }
        }
        if (changed) {
            table.requestRollout(catalog.version(), from);
        }
    }
}
