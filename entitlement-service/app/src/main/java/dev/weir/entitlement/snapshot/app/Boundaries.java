package dev.weir.entitlement.snapshot.app;

import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.snapshot.domain.NextBoundary;
import dev.weir.entitlement.snapshot.persistence.DueTable;
import dev.weir.platform.servicekit.events.AfterCommit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Knows when which snapshot changes by itself. */
@Singleton
class Boundaries {
    private final DueTable due;
    private final CatalogReadModel catalog;
    private final Duration shortestPeriod;
    private final Semaphore sooner = new Semaphore(0);
    private volatile Instant awaited = Instant.MIN;

    Boundaries(
            DueTable due,
            CatalogReadModel catalog,
            @ConfigProperty(name = "entitlement.boundary.shortest-period") Duration shortestPeriod) {
        this.due = due;
        this.catalog = catalog;
        this.shortestPeriod = shortestPeriod;
    }

    /** Notes the next boundary of snapshots whose customers this transaction has locked. */
    void schedule(Collection<CustomerSnapshot> snapshots, Instant now) {
        Map<String, Optional<Instant>> next = new LinkedHashMap<>();
        for (CustomerSnapshot snapshot : snapshots) {
            next.put(snapshot.customer(), NextBoundary.of(snapshot, catalog, now, shortestPeriod));
        }
        due.schedule(next);
        next.values().stream()
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .filter(instant -> instant.isBefore(awaited))
                .ifPresent(instant -> AfterCommit.run(sooner::release));
    }

    /** Whatever is scheduled from now on is heard of, until the next wait says for what it waits. */
    void listen() {
        awaited = Instant.MAX;
    }

    /** Waits until an instant, or until an earlier one is scheduled by this process. */
    void await(Instant until, Duration atMost) throws InterruptedException {
        awaited = until;
        if (sooner.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            sooner.drainPermits();
        }
    }
}
