package dev.weir.entitlement.rollout.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
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
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Carries a catalog that was applied for all customers to their subscriptions, some customers at a time, so that a single
 * change never waits long. Several instances share the work; a crash goes on where it was. Rollouts need not be carried out in
 * order: of two the later catalog has the word, and what was chosen under a later catalog stays.
 */
@Singleton
public class RolloutWorker {
    private static final Logger LOG = Logger.getLogger(RolloutWorker.class);
    private static final int CUSTOMERS_AT_ONCE = 250;
    private static final int ATTEMPTS = 3;

    private final RolloutTable table;
    private final CatalogReadModel catalog;
    private final Repinning repinning;
    private final SnapshotTables customers;
    private final CustomerWrites writes;

    RolloutWorker(
            RolloutTable table,
            CatalogReadModel catalog,
            Repinning repinning,
            SnapshotTables customers,
            CustomerWrites writes) {
        this.table = table;
        this.catalog = catalog;
        this.repinning = repinning;
        this.customers = customers;
        this.writes = writes;
    }

    @Scheduled(every = "{entitlement.rollout.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        for (long version : table.open()) {
            while (some(version)) {
                LOG.debugf("The rollout of catalog %d goes on", version);
            }
        }
    }

    /** Some customers in one transaction; if that fails, each by itself, so that the one at fault holds up no other. */
    private boolean some(long version) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> step(version, CUSTOMERS_AT_ONCE));
        } catch (RuntimeException together) {
            LOG.warnf(together, "Some of the rollout of catalog %d failed together; each is tried by itself", version);
        }
        boolean going = true;
        for (int i = 0; i < CUSTOMERS_AT_ONCE && going; i++) {
            going = one(version);
        }
        return going;
    }

    private boolean one(long version) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(() -> step(version, 1));
            } catch (RuntimeException alone) {
                LOG.errorf(alone, "A customer cannot be moved by the rollout of catalog %d", version);
            }
        }
        return QuarkusTransaction.requiringNew().call(() -> pass(version));
    }

    /** Leaves the next customer as it is. */
    private boolean pass(long version) {
        Optional<RolloutTable.Rollout> open = table.lock(version);
        if (open.isEmpty()) {
            return false;
        }
        List<String> next = repinning.next(open.get().position(), 1);
        if (!next.isEmpty()) {
            LOG.errorf("The rollout of catalog %d passes over %s", version, next.getFirst());
            table.advance(version, next.getFirst(), 1, 0);
        }
        return !next.isEmpty();
    }

    /** Does some customers; false if it is done, waits for a body, or is another instance's. */
    private boolean step(long version, int most) {
        Optional<RolloutTable.Rollout> open = table.lock(version);
        if (open.isEmpty() || !isReady(open.get().catalog())) {
            return false;
        }
        RolloutTable.Rollout rollout = open.get();
        Instant now = writes.now();
        List<String> next = repinning.next(rollout.position(), most);
        if (next.isEmpty()) {
            table.done(version, now);
            LOG.infof("The rollout of catalog %d is done", version);
            return false;
        }
        Repinning.Target target = target(rollout.catalog());
        Set<String> due = repinning.due(next, target, now);
        Set<String> changed = Set.of();
        if (!due.isEmpty()) {
            customers.lockWithBelow(due);
            changed = repinning.repin(due, target, writes.now());
        }
        if (!changed.isEmpty()) {
            writes.publish(changed);
        }
        table.advance(version, next.getLast(), next.size(), changed.size());
        return true;
    }

    /** Not before new subscriptions are made by that catalog or a later one: else one could be made behind the position. */
    private boolean isReady(CatalogInForce rolledOut) {
        return catalog.inForce()
                        .filter(known -> known.version() >= rolledOut.version())
                        .isPresent()
                && catalog.isWhole(rolledOut);
    }

    private Repinning.Target target(CatalogInForce rolledOut) {
        Set<String> plans = new TreeSet<>();
        Set<String> addons = new TreeSet<>();
        for (CatalogInForce later : table.later(rolledOut.version())) {
            plans.addAll(later.plans().keySet());
            addons.addAll(later.addons().keySet());
        }
        return new Repinning.Target(rolledOut, plans, addons);
    }
}
