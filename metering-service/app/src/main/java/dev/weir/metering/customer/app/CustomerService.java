package dev.weir.metering.customer.app;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.metering.MeteringConfig;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.metering.catalog.app.CatalogReadModel.BodyArrived;
import dev.weir.metering.customer.domain.SnapshotChange;
import dev.weir.metering.event.app.PendingUsage;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the snapshots that usage is counted by. A snapshot is applied once every body that it names is here; what it changes
 * for usage already counted is then counted anew.
 */
@ApplicationScoped
public class CustomerService {

    private final SnapshotRows rows;
    private final CatalogReadModel catalog;
    private final PendingUsage pending;
    private final DatabaseClock clock;
    private final MeteringConfig config;
    private final Event<SnapshotApplied> applied;

    /** A snapshot is the one that a customer's usage is counted by from now on; told within its transaction. */
    public record SnapshotApplied(CustomerSnapshot snapshot) {}

    CustomerService(
            SnapshotRows rows,
            CatalogReadModel catalog,
            PendingUsage pending,
            DatabaseClock clock,
            MeteringConfig config,
            Event<SnapshotApplied> applied) {
        this.rows = rows;
        this.catalog = catalog;
        this.pending = pending;
        this.clock = clock;
        this.config = config;
        this.applied = applied;
    }

    /** A snapshot has come. */
    @Transactional
    public void receive(CustomerSnapshot snapshot) {
        // Locks in one order everywhere: catalog, shard, snapshot.
        Set<String> missing = catalog.missing(snapshot.bodyHashes());
        pending.lock(snapshot.customer());
        if (!rows.receive(snapshot)) {
            return;
        }
        rows.await(snapshot.customer(), missing);
        if (missing.isEmpty()) {
            apply(snapshot);
        }
    }

    void onBody(@Observes BodyArrived arrival) {
        rows.arrived(arrival.hash());
        pending.signal();
    }

    /** Applies snapshots whose last body has come; each in a transaction of its own, as there may be very many. */
    public int applyReady(int limit) {
        List<String> ready = rows.ready(limit);
        for (String customer : ready) {
            QuarkusTransaction.requiringNew().run(() -> {
                pending.lock(customer);
                rows.received(customer).ifPresent(this::apply);
            });
        }
        return ready.size();
    }

    /** The snapshot that a customer's usage is counted by; empty while none is applied. */
    public Optional<CustomerSnapshot> snapshot(String customer) {
        return rows.applied(customer);
    }

    /** The versions of the applied snapshots of those customers that have one. */
    public Map<String, Long> versions(Collection<String> customers) {
        return rows.appliedVersions(customers);
    }

    private void apply(CustomerSnapshot snapshot) {
        String customer = snapshot.customer();
        Optional<CustomerSnapshot> before = rows.applied(customer);
        rows.apply(customer);
        Instant oldest = clock.now().minus(config.ingest().maxAge());
        SnapshotChange.firstDifference(before.orElse(null), snapshot).ifPresent(from -> {
            // Usage before the change but in its hour may now be in a window that ends earlier.
            Instant hour = from.isBefore(oldest) ? oldest : from.truncatedTo(ChronoUnit.HOURS);
            pending.recount(customer, hour, oldest);
        });
        applied.fire(new SnapshotApplied(snapshot));
    }
}
