package dev.weir.entitlement.rollout.app;

import dev.weir.entitlement.rollout.persistence.RolloutTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.persistence.SnapshotTables;
import dev.weir.entitlement.subscription.app.Repinning;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Carries a catalog that was applied for all customers to their subscriptions, some customers at a time, so that a single
 * change never waits long. Several instances share the work; a crash goes on where it was.
 */
@Singleton
public class RolloutWorker {
    private static final Logger LOG = Logger.getLogger(RolloutWorker.class);
    private static final int CUSTOMERS_AT_ONCE = 100;

    private final RolloutTable table;
    private final Repinning repinning;
    private final SnapshotTables customers;
    private final CustomerWrites writes;

    RolloutWorker(RolloutTable table, Repinning repinning, SnapshotTables customers, CustomerWrites writes) {
        this.table = table;
        this.repinning = repinning;
        this.customers = customers;
        this.writes = writes;
    }

    @Scheduled(every = "{entitlement.rollout.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        while (QuarkusTransaction.requiringNew().call(this::step)) {
            LOG.debug("A rollout goes on");
        }
    }

    /** Does some customers; false if nothing is left to do. */
    boolean step() {
        Optional<RolloutTable.Rollout> open = table.lockNext();
        if (open.isEmpty()) {
            return false;
        }
        RolloutTable.Rollout rollout = open.get();
        long version = rollout.catalog().version();
        Instant now = writes.now();
        List<String> next = repinning.next(rollout.position(), CUSTOMERS_AT_ONCE);
        if (next.isEmpty()) {
            table.done(version, now);
            LOG.infof("The rollout of catalog %d is done", version);
            return true;
        }
        Set<String> due = repinning.due(next, rollout.catalog(), now);
        Set<String> changed = Set.of();
        if (!due.isEmpty()) {
            customers.lock(due);
            changed = repinning.repin(due, rollout.catalog(), writes.now());
        }
        if (!changed.isEmpty()) {
            writes.publish(changed);
        }
        table.advance(version, next.getLast(), changed.size());
        return true;
    }
}
