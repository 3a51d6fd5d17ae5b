package dev.weir.bench.ledger;

import dev.weir.bench.ledger.Callers.Measured;
import dev.weir.ledger.verify.app.Verification;
import dev.weir.ledger.verify.app.Verifier;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * How fast the ledger writes, beside the plain ways of doing the same on the same PostgreSQL in the same run, in turns. The
 * best of each baseline's client counts stands for it.
 */
@QuarkusMain
public class LedgerBench implements QuarkusApplication {
    private static final int[] CLIENTS = {8, 32};

    private final World world;
    private final Ours ours;
    private final Growth growth;
    private final Verifier verifier;
    private final DataSource database;
    private boolean missed;

    LedgerBench(World world, Ours ours, Growth growth, Verifier verifier, DataSource database) {
        this.world = world;
        this.ours = ours;
        this.growth = growth;
        this.verifier = verifier;
        this.database = database;
    }

    @Override
    public int run(String... arguments) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService clients = Executors.newCachedThreadPool()) {
            say(
                    "%d processors; %,d wallets of 3 blocks; rounds of %d s; fsync and synchronous_commit %s",
                    Runtime.getRuntime().availableProcessors(),
                    Options.WALLETS,
                    Options.ROUND.toSeconds(),
                    text("SELECT current_setting('fsync') || ', ' || current_setting('synchronous_commit')"));
            world.catalog();
            world.customers(threads, "c", Options.WALLETS, 3);
            world.customers(threads, "hot", 1, 3);
            ours.warm(threads, "c", Options.WALLETS);
            if (Options.FULL) {
                growth.run(threads);
                return 0;
            }
            PlainWay plain = new PlainWay();
            if (Options.ONLY.isEmpty() || Options.ONLY.contains("spread")) {
                spread(threads, clients, plain);
            }
            if (Options.ONLY.isEmpty() || Options.ONLY.contains("hot")) {
                hot(threads, clients, plain);
            }
            if (Options.HTTP) {
                HttpBench.run(clients);
            }
            storage();
            verify();
        }
        return Options.STRICT && missed ? 1 : 0;
    }

    private void spread(ExecutorService threads, ExecutorService clients, PlainWay plain) throws Exception {
        say("");
        say("reserve + settle, spread over %,d wallets, pairs/s", Options.WALLETS);
        double baseline = 0;
        double mine = 0;
        for (int round = 0; round < Options.ROUNDS; round++) {
            for (int count : CLIENTS) {
                plain.vacuum();
                Measured measured = plain.pairs(clients, count, Ours.anyOf("c", Options.WALLETS), Options.ROUND);
                tell("(a) SQL function, " + count + " clients", measured);
                baseline = Math.max(baseline, measured.perSecond());
            }
            Measured measured = ours.pairs(threads, Ours.anyOf("c", Options.WALLETS), Options.ROUND);
            tell("the ledger, " + Options.CALLERS + " callers", measured);
            mine = Math.max(mine, measured.perSecond());
        }
        goal("spread pairs / (a)", mine / baseline, 1.5);
    }

    private void hot(ExecutorService threads, ExecutorService clients, PlainWay plain) throws Exception {
        say("");
        say("one hot wallet: pairs/s, debits/s");
        double pairsOfFunction = 0;
        double minimalDebits = 0;
        double pairs = 0;
        double debits = 0;
        for (int round = 0; round < Options.ROUNDS; round++) {
            for (int count : CLIENTS) {
                plain.vacuum();
                Measured function = plain.pairs(clients, count, () -> "hot0", Options.ROUND);
                tell("(a) SQL function, pairs, " + count + " clients", function);
                pairsOfFunction = Math.max(pairsOfFunction, function.perSecond());
                Measured minimal = plain.debits(clients, count, () -> 0, Options.ROUND);
                tell("(b) minimal debit, " + count + " clients", minimal);
                minimalDebits = Math.max(minimalDebits, minimal.perSecond());
            }
            Measured reserved = ours.pairs(threads, () -> "hot0", Options.ROUND);
            tell("the ledger, pairs, " + Options.CALLERS + " callers", reserved);
            pairs = Math.max(pairs, reserved.perSecond());
            Measured debited = ours.debits(threads, () -> "hot0", Options.ROUND);
            tell("the ledger, debits, " + 2 * Options.CALLERS + " callers", debited);
            debits = Math.max(debits, debited.perSecond());
        }
        goal("hot pairs / (a)", pairs / pairsOfFunction, 3);
        goal("hot pairs / (b)", pairs / minimalDebits, 1);
        goal("hot debits / (b)", debits / minimalDebits, 8);
    }

    private void storage() throws SQLException {
        say("");
        say("bytes for a journal row, indexes included: %s", text("""
                SELECT (sum(pg_total_relation_size(relid)) / greatest(1, (SELECT count(*) FROM journal)))::bigint::text
                FROM pg_partition_tree('journal') WHERE isleaf"""));
    }

    private void verify() {
        Verification verification = verifier.verify();
        say(
                "verify: %,d rows, %,d wallets in %,d ms: %,.0f rows/s; %s",
                verification.rows(),
                verification.wallets(),
                verification.millis(),
                verification.rows() * 1e3 / Math.max(1, verification.millis()),
                verification.fits() ? "everything fits" : "MISFIT: " + verification.first());
        missed |= !verification.fits();
    }

    private void goal(String what, double ratio, double atLeast) {
        boolean reached = ratio >= atLeast;
        missed |= !reached;
        say("%-24s %6.2f   goal %.1f   %s", what, ratio, atLeast, reached ? "PASS" : "MISSED");
    }

    static void tell(String what, Measured measured) {
        say(
                "%-40s %,9.0f/s   p50 %7.2f ms   p99 %7.2f ms",
                what, measured.perSecond(), measured.p50Nanos() / 1e6, measured.p99Nanos() / 1e6);
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
