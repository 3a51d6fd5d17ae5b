package dev.weir.ledger.reservation.app;

import dev.weir.ledger.LedgerConfig;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.persistence.HoldTables;
import dev.weir.ledger.posting.persistence.HoldTables.Due;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Finds holds whose deadline has passed and hands them to their lanes. A hold is found by its row, not by the code path that
 * should have ended it, so none can leak. Correctness does not depend on how often it runs or how many run: the decision looks
 * at state and deadline again under the lock.
 */
@ApplicationScoped
class LapseSweeper {
    private final DataSource database;
    private final HoldTables holds;
    private final Lanes lanes;
    private final DatabaseClock clock;
    private final LedgerConfig.Lapse config;

    LapseSweeper(DataSource database, HoldTables holds, Lanes lanes, DatabaseClock clock, LedgerConfig config) {
        this.database = database;
        this.holds = holds;
        this.lanes = lanes;
        this.clock = clock;
        this.config = config.lapse();
    }

    @Scheduled(every = "{ledger.lapse.interval:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        List<Due> due;
        do {
            due = QuarkusTransaction.requiringNew().call(this::claim);
            due.forEach(hold ->
                    lanes.submit(new Operation.Lapse(hold.reservation(), hold.root(), hold.customer(), Ids.next())));
        } while (due.size() == config.batch());
    }

    private List<Due> claim() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return holds.claimDue(connection, clock.now(), config.batch());
        }
    }
}
