package dev.weir.ledger.posting.app;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.LedgerVerifier;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.credit.app.Credits;
import dev.weir.ledger.posting.domain.Measure;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class ConcurrencyTest {
    @Inject
    Lanes lanes;

    @Inject
    Credits credits;

    @Inject
    DataSource database;

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private static List<OpKey> key() {
        return Keys.of(null, "test", "test", Map.of());
    }

    private Result reserve(String customer, String feature, String quantity) {
        return lanes.submit(new Operation.Reserve(
                Ids.next(),
                customer,
                customer,
                feature,
                null,
                new Measure.Quantity(new BigDecimal(quantity)),
                null,
                Duration.ofMinutes(5),
                null,
                Ids.next(),
                key(),
                "test"));
    }

    private static UUID id(Result reserved) {
        return UUID.fromString(reserved.answer().body().path("id").asText());
    }

    private WalletState wallet(String customer, String unit) {
        return credits.states(customer).stream()
                .filter(wallet -> wallet.unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    private static <T> List<T> all(int threads, List<Callable<T>> tasks) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void aThousandReservesOnTheLastCreditGetExactlyWhatIsThere() throws Exception {
        String customer = subscribed(Catalogue.starter());
        post("/v1/customers/" + customer + "/grants", "{'unit':'ai-credits','amount':'137','category':'PAID'}")
                .statusCode(201);

        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tasks.add(() -> reserve(customer, "chat", "1").answer().status());
        }
        List<Integer> statuses = all(64, tasks);

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(137);
        assertThat(statuses).filteredOn(status -> status == 402).hasSize(863);
        assertThat(wallet(customer, "ai-credits").available()).isZero();
        assertThat(wallet(customer, "ai-credits").held()).isEqualTo(137_000_000);
        LedgerVerifier.verify(database);
    }

    @Test
    void sixtyFourCallersOnOneWalletLeaveAPerfectLedger() throws Exception {
        String customer = subscribed(Catalogue.pro());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        AtomicInteger number = new AtomicInteger();
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int caller = 0; caller < 64; caller++) {
            Random random = new Random(seed + caller);
            tasks.add(() -> program(customer, random, number));
        }

        long settled = all(64, tasks).stream().mapToLong(Long::longValue).sum();

        WalletState calls = wallet(customer, "api-calls");
        assertThat(calls.used()).isEqualTo(settled);
        LedgerVerifier.verify(database);
    }

    /** Returns how many calls it settled. */
    private long program(String customer, Random random, AtomicInteger number) {
        long settled = 0;
        List<UUID> open = new ArrayList<>();
        for (int step = 0; step < 25; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    boolean calls = random.nextBoolean();
                    Result result = reserve(
                            customer,
                            calls ? "api-calls" : "chat",
                            Integer.toString(1 + random.nextInt(calls ? 30 : 3)));
                    if (result.answer().success() && calls) {
                        open.add(id(result));
                    } else if (result.answer().success() && random.nextBoolean()) {
                        lanes.submit(new Operation.Settle(
                                id(result),
                                customer,
                                customer,
                                new Measure.Quantity(BigDecimal.ONE),
                                null,
                                Ids.next(),
                                key(),
                                "test"));
                    }
                }
                case 2 -> {
                    if (!open.isEmpty()) {
                        int quantity = random.nextInt(40);
                        lanes.submit(new Operation.Settle(
                                open.removeLast(),
                                customer,
                                customer,
                                new Measure.Quantity(BigDecimal.valueOf(quantity)),
                                null,
                                Ids.next(),
                                key(),
                                "test"));
                        settled += quantity;
                    }
                }
                case 3 -> {
                    if (!open.isEmpty()) {
                        lanes.submit(new Operation.Release(
                                open.removeLast(), customer, customer, Ids.next(), key(), "test"));
                    }
                }
                default -> {
                    List<OpKey> key = key();
                    lanes.submit(new Operation.Grant(
                            customer,
                            customer,
                            "ai-credits",
                            6,
                            BigDecimal.valueOf(1 + random.nextInt(5)),
                            random.nextBoolean()
                                    ? dev.weir.catalog.contract.Category.PAID
                                    : dev.weir.catalog.contract.Category.PROMOTIONAL,
                            random.nextInt(3),
                            null,
                            null,
                            0,
                            null,
                            null,
                            null,
                            null,
                            "test|" + number.incrementAndGet(),
                            Ids.next(),
                            key,
                            "test"));
                }
            }
        }
        return settled;
    }

    @Test
    void theJournalRefusesToBeChanged() throws SQLException {
        String customer = subscribed(Catalogue.starter());
        reserve(customer, "api-calls", "1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String change : List.of("UPDATE journal SET amount = 2", "DELETE FROM journal", "TRUNCATE journal")) {
                assertThatThrownBy(() -> statement.execute(change)).isInstanceOf(SQLException.class);
            }
        }
    }
}
