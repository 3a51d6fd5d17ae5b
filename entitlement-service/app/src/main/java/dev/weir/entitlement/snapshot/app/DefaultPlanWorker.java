package dev.weir.entitlement.snapshot.app;

import dev.weir.entitlement.catalog.persistence.DefaultPlanTable;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.snapshot.domain.CustomerHead;
import dev.weir.entitlement.snapshot.persistence.SnapshotTables;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Publishes the customers that default plans serve after one of these has changed, some at a time. Several instances share
 * the work; a crash goes on where it was.
 */
@Singleton
class DefaultPlanWorker {
    private static final Logger LOG = Logger.getLogger(DefaultPlanWorker.class);
    private static final int CUSTOMERS_AT_ONCE = 250;
    /** A customer made by a transaction that began before the change was seen may appear behind the position. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(35);

    private final DefaultPlanTable table;
    private final SnapshotTables customers;
    private final Snapshots snapshots;
    private final CustomerWrites writes;

    DefaultPlanWorker(DefaultPlanTable table, SnapshotTables customers, Snapshots snapshots, CustomerWrites writes) {
        this.table = table;
        this.customers = customers;
        this.snapshots = snapshots;
        this.writes = writes;
    }

    @Scheduled(every = "{entitlement.rollout.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        while (QuarkusTransaction.requiringNew().call(this::step)) {
            LOG.debug("A change of default plans goes on");
        }
    }

    /** Does some customers; false if nothing is left to do for now. */
    boolean step() {
        Optional<DefaultPlanTable.Rollout> open = table.lockLatest();
        if (open.isEmpty()) {
            return false;
        }
        DefaultPlanTable.Rollout rollout = open.get();
        Instant now = writes.now();
        List<String> roots = customers.roots(rollout.position(), CUSTOMERS_AT_ONCE);
        if (!roots.isEmpty()) {
            table.advance(rollout.catalogVersion(), roots.getLast(), roots.size(), publish(roots, now));
            return true;
        }
        Instant settled = rollout.requestedAt().plus(STRAGGLERS);
        if (now.isBefore(settled)) {
            return false;
        }
        publish(customers.rootsMadeBetween(rollout.requestedAt().minus(STRAGGLERS), settled), now);
        table.done(rollout.catalogVersion(), now);
        LOG.infof("The default plans of catalog %d have reached their customers", rollout.catalogVersion());
        return false;
    }

    private int publish(List<String> roots, Instant now) {
        List<String> locked = customers.lockWithBelow(roots).stream()
                .map(CustomerHead::customer)
                .filter(roots::contains)
                .toList();
        List<String> served = snapshots.build(locked, now).stream()
                .filter(DefaultPlanWorker::isServed)
                .map(CustomerSnapshot::customer)
                .toList();
        if (!served.isEmpty()) {
            writes.publish(served);
        }
        return served.size();
    }

    private static boolean isServed(CustomerSnapshot snapshot) {
        return snapshot.subscriptions().stream().anyMatch(SubscriptionPart::servesByDefault);
    }
}
