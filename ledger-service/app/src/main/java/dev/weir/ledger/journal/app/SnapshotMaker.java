package dev.weir.ledger.journal.app;

import dev.weir.ledger.LedgerConfig;
import dev.weir.ledger.journal.persistence.SnapshotTable;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import javax.sql.DataSource;

/** Keeps looks at the past cheap: a snapshot of each wallet every so many rows. Nothing depends on whether, or when, it runs. */
@ApplicationScoped
public class SnapshotMaker {
    private static final int AT_ONCE = 20;

    private final DataSource database;
    private final SnapshotTable table;
    private final LedgerConfig.Snapshots config;

    SnapshotMaker(DataSource database, SnapshotTable table, LedgerConfig config) {
        this.database = database;
        this.table = table;
        this.config = config.snapshots();
    }

    @Scheduled(
            every = "{ledger.snapshots.interval:60s}",
            delayed = "30s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void scheduled() {
        make();
    }

    /** Makes what is due; answers how many. */
    public int make() {
        int made = 0;
        int more;
        do {
            more = QuarkusTransaction.requiringNew().call(() -> {
                try (Connection connection = database.getConnection()) {
                    return table.make(connection, config.rows(), AT_ONCE);
                }
            });
            made += more;
        } while (more == AT_ONCE);
        return made;
    }
}
