package dev.weir.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the service on one database: exact, without deadlock, and neither starves. */
class TwoInstancesProcessIT {
    private static final int CALLERS = 64;
    private static final int CUSTOMERS = 8;
    private static final int PAIRS = 15;

    @TempDir
    Path folder;

    @Test
    void sixtyFourCallersOverBothOnOneWalletAndOnManyLeaveAnExactLedger() throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Tokens tokens = new Tokens();
        Client client = new Client(tokens.with("product", "operator", "finance"));
        try (DurablePostgres postgres = DurablePostgres.start(folder);
                LedgerProcess one = LedgerProcess.start(postgres, tokens, folder.resolve("one.log"));
                LedgerProcess two = LedgerProcess.start(postgres, tokens, folder.resolve("two.log"));
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            try (Connection connection = postgres.connect()) {
                Seed.catalog(connection);
                for (int i = 0; i < CUSTOMERS; i++) {
                    Seed.customer(connection, "c" + i);
                }
                Seed.customer(connection, "last");
            }
            for (int i = 0; i < CUSTOMERS; i++) {
                client.grant(i % 2 == 0 ? one : two, "c" + i, 10_000);
            }
            client.grant(one, "last", 137);

            // Both race for the last credit of one wallet: exactly what is there is given away.
            List<Callable<Boolean>> races = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                LedgerProcess at = i % 2 == 0 ? one : two;
                races.add(() -> !client.reserve(at, "last", 1).isEmpty());
            }
            int won = 0;
            for (Future<Boolean> raced : callers.invokeAll(races)) {
                won += raced.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(137);

            Race race = new Race(CALLERS / 2 * PAIRS);
            List<Callable<Boolean>> programs = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int side = caller % 2;
                Random random = new Random(seed + caller);
                programs.add(() -> program(client, side == 0 ? one : two, random, () -> race.pair(side)));
            }
            for (Future<Boolean> program : callers.invokeAll(programs)) {
                program.get();
            }

            assertThat(race.behind.get())
                    .as("pairs of the one when the other was through with its %d", race.all)
                    .isGreaterThan(race.all / 5);
            try (Connection connection = postgres.connect()) {
                Books.agree(client, connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "SELECT deadlocks FROM pg_stat_database WHERE datname =" + " 'weir_ledger'")) {
                    row.next();
                    assertThat(row.getLong(1)).as("deadlocks").isZero();
                }
            }
            Books.fit(client, one);
            assertThat(Files.readString(folder.resolve("one.log"))).doesNotContain("deciding each alone");
        }
    }

    /** How far one side was when the other was done. */
    private static final class Race {
        private final int all;
        private final AtomicIntegerArray pairs = new AtomicIntegerArray(2);
        private final AtomicInteger behind = new AtomicInteger(-1);

        Race(int all) {
            this.all = all;
        }

        void pair(int side) {
            if (pairs.incrementAndGet(side) == all) {
                behind.compareAndSet(-1, pairs.get(1 - side));
            }
        }
    }

    private static boolean program(Client client, LedgerProcess at, Random random, Runnable afterPair)
            throws InterruptedException {
        for (int pair = 0; pair < PAIRS; pair++) {
            String customer = "c" + (random.nextBoolean() ? 0 : random.nextInt(CUSTOMERS));
            String reservation = client.reserve(at, customer, 2);
            if (random.nextInt(5) == 0) {
                client.release(at, reservation);
            } else {
                client.settle(at, reservation, random.nextInt(4));
            }
            afterPair.run();
        }
        return true;
    }
}
