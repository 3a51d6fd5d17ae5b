package dev.weir.ledger.finance.app;

import dev.weir.ledger.finance.FinanceConfig;
import dev.weir.ledger.finance.domain.BlockCost;
import dev.weir.ledger.finance.domain.Posting;
import dev.weir.ledger.finance.domain.Postings;
import dev.weir.ledger.finance.persistence.PostingTable;
import dev.weir.ledger.finance.persistence.PostingTable.Due;
import dev.weir.ledger.journal.persistence.JournalReader;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Posts new journal rows, wallet by wallet and in order. Progress, blocks and postings of a wallet change in one transaction,
 * so a crash repeats nothing and leaves nothing out; one instance at a time.
 */
@ApplicationScoped
public class Projector {
    private static final int WALLETS = 200;

    private final DataSource database;
    private final PostingTable table;
    private final JournalReader journal;
    private final FinanceConfig config;

    Projector(DataSource database, PostingTable table, JournalReader journal, FinanceConfig config) {
        this.database = database;
        this.table = table;
        this.journal = journal;
        this.config = config;
    }

    @Scheduled(
            every = "{ledger.finance.interval:30s}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void scheduled() {
        catchUp();
    }

    /** Posts everything that is in the journal when it looks; answers how many rows it read. */
    public long catchUp() {
        long rows = 0;
        long more;
        do {
            more = QuarkusTransaction.requiringNew().call(() -> {
                try (Connection connection = database.getConnection()) {
                    table.lock(connection);
                    table.relax(connection);
                    return step(connection);
                }
            });
            rows += more;
        } while (more > 0);
        return rows;
    }

    /** Forgets every posting and makes them again from the journal; answers how many rows it read. */
    public long rebuild() {
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = database.getConnection()) {
                table.lock(connection);
                table.clear(connection);
            } catch (SQLException e) {
                throw new IllegalStateException("postings cannot be cleared", e);
            }
        });
        return catchUp();
    }

    private long step(Connection connection) throws SQLException {
        long rows = 0;
        for (Due due : table.due(connection, WALLETS)) {
            rows += post(connection, due);
            if (rows >= config.rows()) {
                break;
            }
        }
        return rows;
    }

    private long post(Connection connection, Due due) throws SQLException {
        long upTo = Math.min(due.seq(), due.posted() + config.rows());
        Map<UUID, BlockCost> blocks = table.blocks(connection, due.wallet());
        Map<UUID, BlockCost> changed = new HashMap<>();
        List<Posting> postings = new ArrayList<>();
        Postings function = new Postings(due.unit(), due.kind());
        JournalReader.Sink sink = entry -> {
            UUID block = entry.row().block();
            Postings.Posted posted = function.post(entry.row(), block == null ? null : blocks.get(block));
            postings.addAll(posted.postings());
            BlockCost after = posted.after();
            if (after != null) {
                blocks.put(after.block(), after);
                changed.put(after.block(), after);
            }
        };
        if (blocks.isEmpty()) {
            // Nothing here cost anything, most limits for example: only memos can follow.
            journal.beyondBlocks(connection, due.wallet(), due.posted(), upTo, sink);
        } else {
            journal.rows(connection, due.wallet(), due.posted(), upTo, sink);
        }
        table.write(connection, due.wallet(), upTo, changed.values(), postings);
        return upTo - due.posted();
    }
}
