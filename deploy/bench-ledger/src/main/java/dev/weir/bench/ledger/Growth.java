package dev.weir.bench.ledger;

import dev.weir.bench.ledger.Callers.Measured;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;

/** How cost grows with what is there already: rows in the journal, blocks in a wallet. */
@ApplicationScoped
class Growth {
    private static final long[] ROWS = {10_000, 100_000, 1_000_000, 10_000_000};
    private static final int[] BLOCKS = {3, 30, 300, 3_000};

    private final World world;
    private final Ours ours;
    private final DataSource database;

    Growth(World world, Ours ours, DataSource database) {
        this.world = world;
        this.ours = ours;
        this.database = database;
    }

    void run(ExecutorService threads) throws Exception {
        LedgerBench.say("");
        LedgerBench.say("blocks in a wallet: pairs/s on it alone");
        for (int blocks : BLOCKS) {
            world.customers(threads, "wide" + blocks + "-", 1, blocks);
            Measured measured = ours.pairs(threads, () -> "wide" + blocks + "-0", Options.ROUND);
            LedgerBench.tell(String.format(java.util.Locale.ROOT, "%,d blocks", blocks), measured);
        }
        LedgerBench.say("");
        LedgerBench.say("rows in the journal: pairs/s spread over %,d wallets, and on one", Options.WALLETS);
        for (long rows : ROWS) {
            fill(threads, rows);
            Measured spread = ours.pairs(threads, Ours.anyOf("c", Options.WALLETS), Options.ROUND);
            Measured hot = ours.pairs(threads, () -> "hot0", Options.ROUND);
            LedgerBench.tell(String.format(java.util.Locale.ROOT, "%,d rows, spread", rows), spread);
            LedgerBench.tell(String.format(java.util.Locale.ROOT, "%,d rows, one wallet", rows), hot);
        }
    }

    private void fill(ExecutorService threads, long rows) throws Exception {
        while (count() < rows) {
            ours.debits(threads, Ours.anyOf("c", Math.min(100, Options.WALLETS)), Duration.ofSeconds(10));
        }
    }

    private long count() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(seq) FROM wallet")) {
            row.next();
            return row.getLong(1);
        }
    }
}
