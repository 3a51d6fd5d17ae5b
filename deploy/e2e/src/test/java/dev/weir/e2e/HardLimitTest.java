package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** However many ask at once, exactly what is there is given. */
@Order(40)
class HardLimitTest {
    private static final int CALLERS = 120;
    private static final String PLAN = "e2e-hard";

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        Catalog.merge("""
                {'plans': {'%s': {'product': 'assistant', 'entitlements': {
                   'api-calls': {'limit': 7, 'every': 'P1M'}, 'chat': {'onLimit': 'HARD'}}}}}
                """.formatted(PLAN));
    }

    @Test
    void grantsExactlyThePrepaidCreditsToConcurrentCallers() throws Exception {
        String customer = Customers.on(PLAN);
        Customers.grant(customer, "12.5");

        List<Answer> answers = atOnce(() -> api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", "chat", "dimensions", Customers.tokens(2000, 0))));

        List<Answer> held =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(held).hasSize(12);
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> answer.isProblem(402, "INSUFFICIENT_CREDIT"));
        JsonNode wallet = Customers.wallet(customer, "ai-credits").is(200).body();
        assertThat(wallet.path("available").asText()).isEqualTo("0.5");
        assertThat(wallet.path("held").asText()).isEqualTo("12");

        // Every second one did the work, the others give back.
        for (int i = 0; i < held.size(); i++) {
            String path = "/v1/reservations/" + held.get(i).text("id");
            if (i % 2 == 0) {
                api.post(path + "/settle", Map.of("dimensions", Customers.tokens(2000, 0)))
                        .is(200);
            } else {
                api.post(path + "/release", Map.of()).is(200);
            }
        }
        JsonNode after = Customers.wallet(customer, "ai-credits").is(200).body();
        assertThat(after.path("available").asText()).isEqualTo("6.5");
        assertThat(after.path("held").asText()).isEqualTo("0");
        assertThat(after.at("/blocks/0/consumed").asText()).isEqualTo("6");
        balancesNeverWentBelowZero(customer);
    }

    @Test
    void grantsExactlyTheLimitToConcurrentCallers() throws Exception {
        String customer = Customers.on(PLAN);

        List<Answer> answers = atOnce(() -> Customers.reserve(customer, "api-calls", 1));

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(7);
        answers.stream().filter(answer -> answer.status() != 201).forEach(answer -> {
            answer.isProblem(429, "LIMIT_REACHED");
            assertThat(answer.header("Retry-After")).isNotBlank();
        });
        Answer check = Customers.check(customer, "api-calls");
        assertThat(check.at("/allowed").asBoolean(true)).isFalse();
        assertThat(check.decimal("/usage/remaining")).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void givesTheSameAnswerToTheSameKeyAndRefusesTheKeyForAnother() {
        String customer = Customers.on(PLAN);
        Customers.grant(customer, "10");
        String key = Customers.newId("key");
        Map<String, Object> body =
                Map.of("customer", customer, "feature", "chat", "dimensions", Customers.tokens(2000, 0));

        Answer first = api.post("/v1/reservations", body, key).is(201);
        Answer again = api.post("/v1/reservations", body, key).is(201);
        api.post(
                        "/v1/reservations",
                        Map.of("customer", customer, "feature", "chat", "dimensions", Customers.tokens(4000, 0)),
                        key)
                .isProblem(409, "IDEMPOTENCY_KEY_REUSED");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(Customers.available(customer, "ai-credits")).isEqualByComparingTo("9");
    }

    @Test
    void countsTheSameEventOnce() {
        String customer = Customers.on(PLAN);
        Customers.grant(customer, "10");
        Map<String, Object> event = Map.of("source", "e2e", "id", "once-" + customer);
        for (int i = 0; i < 2; i++) {
            Answer held = api.post(
                            "/v1/reservations",
                            Map.of("customer", customer, "feature", "chat", "dimensions", Customers.tokens(2000, 0)))
                    .is(201);
            Answer settled = api.post(
                            "/v1/reservations/" + held.text("id") + "/settle",
                            Map.of("dimensions", Customers.tokens(2000, 0), "event", event))
                    .is(200);
            assertThat(settled.at("/alreadyCharged").asBoolean())
                    .as("settle %d: %s", i, settled.body())
                    .isEqualTo(i == 1);
        }

        assertThat(Customers.available(customer, "ai-credits")).isEqualByComparingTo("9");
    }

    private void balancesNeverWentBelowZero(String customer) {
        JsonNode journal = api.get("/v1/customers/" + customer + "/wallets/ai-credits/journal?limit=200")
                .is(200)
                .body();
        assertThat(journal.path("items")).isNotEmpty();
        for (JsonNode row : journal.path("items")) {
            assertThat(new BigDecimal(row.path("availableAfter").asText()))
                    .as("%s", row)
                    .isNotNegative();
        }
    }

    private static List<Answer> atOnce(Callable<Answer> call) throws ExecutionException, InterruptedException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> calls = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> callers.submit(call))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : calls) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
