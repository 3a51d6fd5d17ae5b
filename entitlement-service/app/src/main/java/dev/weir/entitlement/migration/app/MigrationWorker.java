package dev.weir.entitlement.migration.app;

import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.persistence.ItemTable;
import dev.weir.entitlement.migration.persistence.MigrationTable;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Carries out migrations, some subscriptions at a time, so that a single change never waits long. Several instances share the
 * work; what a crash broke off was not committed and is done again; what was committed is never done again.
 */
@Singleton
public class MigrationWorker {
    private static final Logger LOG = Logger.getLogger(MigrationWorker.class);
    private static final int ITEMS_AT_ONCE = 50;

    private final MigrationTable migrations;
    private final ItemTable items;
    private final MigrationSteps steps;

    MigrationWorker(MigrationTable migrations, ItemTable items, MigrationSteps steps) {
        this.migrations = migrations;
        this.items = items;
        this.steps = steps;
    }

    @Scheduled(every = "{entitlement.migration.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        boolean going = true;
        while (going) {
            going = false;
            // In turns: one subscription to be moved does not wait for a hundred thousand.
            for (Migration migration : migrations.open()) {
                List<Long> next = items.open(migration.id(), ITEMS_AT_ONCE);
                if (next.isEmpty()) {
                    steps.close(migration);
                } else {
                    going |= perform(migration, next) > 0;
                }
            }
        }
    }

    /** All in one transaction; if that fails, each by itself, so that the one at fault is found and holds up no other. */
    private int perform(Migration migration, List<Long> seqs) {
        try {
            return steps.perform(migration, seqs);
        } catch (RuntimeException together) {
            LOG.warnf(together, "Some of migration %s failed together; each is tried by itself", migration.id());
        }
        int performed = 0;
        for (long seq : seqs) {
            try {
                performed += steps.perform(migration, List.of(seq));
            } catch (RuntimeException alone) {
                LOG.errorf(alone, "Item %d of migration %s failed", seq, migration.id());
                steps.fail(seq, "it failed by an error of the service, which is in its log");
                performed++;
            }
        }
        return performed;
    }
}
