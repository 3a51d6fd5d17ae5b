package dev.weir.ledger.maintenance.app;

import dev.weir.ledger.LedgerConfig;
import dev.weir.ledger.posting.persistence.IdentityTables;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Makes the journal's next partitions, and forgets operation keys that are too old to come again. Safe to run anywhere, any time. */
@ApplicationScoped
class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final int AT_ONCE = 2_000;

    private final DataSource database;
    private final IdentityTables identities;
    private final DatabaseClock clock;
    private final LedgerConfig.Keys keys;

    Housekeeping(DataSource database, IdentityTables identities, DatabaseClock clock, LedgerConfig config) {
        this.database = database;
        this.identities = identities;
        this.clock = clock;
        this.keys = config.keys();
    }

    void start(@Observes StartupEvent started) {
        makePartitions();
    }

    @Scheduled(every = "6h", delayed = "6h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void makePartitions() {
        int made = QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("SELECT maintain_journal_partitions(clock_timestamp())");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
        if (made > 0) {
            LOG.infof("made %d partitions of the journal", made);
        }
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void purgeKeys() {
        Instant before = clock.now().minus(keys.kept());
        int purged;
        do {
            purged = QuarkusTransaction.requiringNew().call(() -> purge(before));
        } while (purged == AT_ONCE);
    }

    private int purge(Instant before) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return identities.purgeOperations(connection, before, AT_ONCE);
        }
    }
}
