package dev.weir.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the service and {@code -m immediate} of PostgreSQL under load, ten times. */
class KilledUnderLoadProcessIT {
    private static final int CALLERS = 16;
    private static final int CUSTOMERS = 5;
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedOperationIsThereOnceAndNothingElse() throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Tokens tokens = new Tokens();
        Client client = new Client(tokens.with("product", "operator", "finance"));
        try (DurablePostgres postgres = DurablePostgres.start(folder);
                LedgerProcess ledger = LedgerProcess.start(postgres, tokens, folder.resolve("ledger.log"));
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            try (Connection connection = postgres.connect()) {
                Seed.catalog(connection);
                for (int i = 0; i < CUSTOMERS; i++) {
                    Seed.customer(connection, "c" + i);
                }
            }
            for (int i = 0; i < CUSTOMERS; i++) {
                client.grant(ledger, "c" + i, 500);
            }
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<Integer>> work = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(seed + caller);
                Callable<Integer> program = () -> program(client, ledger, random, stop);
                work.add(callers.submit(program));
            }

            for (int kill = 0; kill < KILLS; kill++) {
                awaitProgress(client, 40);
                if (kill % 2 == 0) {
                    ledger.killAndRestart();
                } else {
                    postgres.stopImmediately();
                    postgres.launch();
                }
            }
            awaitProgress(client, 40);
            stop.set(true);
            int operations = 0;
            for (Future<Integer> caller : work) {
                operations += caller.get();
            }

            System.out.printf(
                    "%d operations, %d reservations, %d refused, %d repeated for an unknown outcome%n",
                    operations, client.held.size(), client.refused.get(), client.repeated.get());
            assertThat(client.repeated.get()).as("the kills were felt").isPositive();
            try (Connection connection = postgres.connect()) {
                Books.agree(client, connection);
            }
            Books.fit(client, ledger);
        }
    }

    private static int program(Client client, LedgerProcess ledger, Random random, AtomicBoolean stop)
            throws InterruptedException {
        int operations = 0;
        while (!stop.get()) {
            // Half of all on one wallet.
            String customer = "c" + (random.nextBoolean() ? 0 : random.nextInt(CUSTOMERS));
            String reservation = client.reserve(ledger, customer, 1 + random.nextInt(3));
            operations++;
            if (reservation.isEmpty()) {
                client.grant(ledger, customer, 100);
            } else if (random.nextInt(10) < 7) {
                client.settle(ledger, reservation, random.nextInt(3));
                operations++;
            } else if (random.nextBoolean()) {
                client.release(ledger, reservation);
                operations++;
            }
        }
        return operations;
    }

    /** Until that many more reservations were acknowledged. */
    private static void awaitProgress(Client client, int more) throws InterruptedException {
        int from = client.held.size();
        while (client.held.size() < from + more) {
            Thread.sleep(20);
        }
    }
}
