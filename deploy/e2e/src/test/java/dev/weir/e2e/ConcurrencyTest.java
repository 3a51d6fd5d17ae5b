package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Many callers at once on one wallet, with the gateway in front: nothing is given twice, and the ledger proves it. */
@Order(41)
class ConcurrencyTest {
    private static final String UNIT = LedgerCatalog.COARSE;

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void aThousandReservesOnTheLastCreditGetExactlyWhatIsThere() throws Exception {
        String customer = Customers.on("led-images");
        // 3.37 credits: 112 callers can have 0.03 each, and 0.01 is left.
        grant(customer, "3.37");

        List<Answer> answers = atOnce(1000, 1000, _ -> reserve(customer, 3));

        List<Answer> held =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(held).hasSize(112);
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> answer.isProblem(402, "INSUFFICIENT_CREDIT"));
        Wallet wallet = Wallet.of(customer, UNIT);
        assertThat(wallet.available()).isEqualByComparingTo("0.01");
        assertThat(wallet.body().path("held").asText()).isEqualTo("3.36");

        // Every hold is settled by two callers at once; one charge each.
        List<Answer> settled =
                atOnce(64, held.size() * 2, call -> settle(held.get(call / 2).text("id"), 3));
        settled.forEach(answer -> answer.is(200));
        Wallet after = Wallet.of(customer, UNIT);
        assertThat(after.available()).isEqualByComparingTo("0.01");
        assertThat(after.body().path("held").asText()).isEqualTo("0");
        assertThat(after.sum("consumed")).isEqualByComparingTo("3.36");
    }

    @Test
    void sixtyFourCallersOnOneWalletLeaveALedgerThatVerifies() throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        Stack.print("ConcurrencyTest: -Dweir.seed=%d repeats it", seed);
        String customer = Customers.on("led-images");
        grant(customer, "50");
        AtomicInteger granted = new AtomicInteger();

        atOnce(64, 800, call -> program(customer, new Random(seed + call), granted));

        Wallet wallet = Wallet.of(customer, UNIT);
        assertThat(wallet.sum("granted")).isEqualByComparingTo(BigDecimal.valueOf(50L + granted.get()));
        assertThat(wallet.sum("granted"))
                .as("granted = remaining + consumed")
                .isEqualByComparingTo(wallet.sum("remaining").add(wallet.sum("consumed")));
        assertThat(wallet.available()).isNotNegative();
        assertThat(wallet.available()
                        .add(new BigDecimal(wallet.body().path("held").asText())))
                .isEqualByComparingTo(wallet.sum("remaining"));
        JsonNode verified =
                Api.as("finance").post("/v1/ledger/verify", Map.of()).is(200).body();
        assertThat(verified.path("fits").asBoolean()).as("%s", verified).isTrue();
    }

    /** One caller's step: reserve and then settle, release, extend or leave it open; or a grant. */
    private Answer program(String customer, Random random, AtomicInteger granted) {
        if (random.nextInt(20) == 0) {
            granted.incrementAndGet();
            return grant(customer, "1");
        }
        Answer held = reserve(customer, 1 + random.nextInt(20));
        if (held.status() != 201) {
            return held.isProblem(402, "INSUFFICIENT_CREDIT");
        }
        String id = held.text("id");
        return switch (random.nextInt(5)) {
            case 0 -> api.post("/v1/reservations/" + id + "/release", Map.of()).is(200);
            case 1 -> {
                api.post("/v1/reservations/" + id + "/extend", Map.of("dimensions", Map.of("tokens", 2)));
                yield settle(id, random.nextInt(10)).is(200);
            }
            case 2 -> held;
            default -> settle(id, random.nextInt(25)).is(200);
        };
    }

    private Answer grant(String customer, String amount) {
        return api.post(
                        "/v1/customers/" + customer + "/grants",
                        Map.of("unit", UNIT, "amount", amount, "category", "PAID"))
                .is(201);
    }

    private Answer reserve(String customer, int tokens) {
        return api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", LedgerCatalog.CHAT, "dimensions", Map.of("tokens", tokens)));
    }

    private Answer settle(String id, int tokens) {
        return api.post("/v1/reservations/" + id + "/settle", Map.of("dimensions", Map.of("tokens", tokens)));
    }

    private interface Call {
        Answer make(int number) throws Exception;
    }

    /** So many calls by so many callers, who all begin at once. */
    private static List<Answer> atOnce(int callers, int calls, Call call) throws Exception {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(callers, Thread.ofVirtual().factory())) {
            List<Callable<Answer>> tasks = IntStream.range(0, calls)
                    .<Callable<Answer>>mapToObj(number -> () -> call.make(number))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
