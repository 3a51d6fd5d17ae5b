package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Whoever has just written sees it in the next call, without a pause, and does not wait for long. */
@Order(20)
class ReadYourWritesTest {
    private static final int ROUNDS = Integer.getInteger("weir.e2e.rounds", Settings.FULL ? 100 : 30);
    private static final Duration FULL_WAIT = Duration.ofSeconds(2);

    private final Map<String, List<Duration>> times = new LinkedHashMap<>();

    @Test
    void everyCallSeesTheWritesBeforeIt() {
        ObjectNode base = Catalog.base();

        for (int round = 0; round < ROUNDS; round++) {
            round(base, round);
        }

        print();
        times.forEach((call, durations) -> assertThat(durations)
                .as(call)
                .allSatisfy(took -> assertThat(took).isLessThan(FULL_WAIT)));
    }

    private void round(ObjectNode base, int round) {
        String plan = "ryw-" + Customers.RUN + "-" + round;
        int limit = 10 + round;
        BigDecimal price = new BigDecimal("0.001");
        timed("apply a catalog", Api.demo().put("/v1/catalog", Catalog.withPlan(base, plan, plan(limit, price))));
        if (round % 10 == 9) {
            price = new BigDecimal("0.002");
            timed("change a price", Api.demo().put("/v1/catalog", Catalog.withPlan(base, plan, plan(limit, price))));
        }
        String customer = Customers.newId("ryw");
        timed("create a customer", Customers.create(customer));
        timed("subscribe", Customers.subscribe(customer, plan));
        timed("grant", Customers.grant(customer, "100"));
        Answer held = timed(
                "reserve",
                Api.demo()
                        .post(
                                "/v1/reservations",
                                Map.of(
                                        "customer",
                                        customer,
                                        "feature",
                                        "chat",
                                        "dimensions",
                                        Customers.tokens(1000, 0)))
                        .is(201));
        assertThat(held.decimal("/held/0/amount")).isEqualByComparingTo(price.multiply(BigDecimal.valueOf(1000)));
        Answer settled = timed(
                "settle",
                Api.demo()
                        .post(
                                "/v1/reservations/" + held.text("id") + "/settle",
                                Map.of("dimensions", Customers.tokens(500, 0)))
                        .is(200));
        BigDecimal spent = price.multiply(BigDecimal.valueOf(500));
        assertThat(settled.decimal("/spent/0/amount")).isEqualByComparingTo(spent);
        Answer credit = timed("check", Customers.check(customer, "chat"));
        assertThat(credit.at("/allowed").asBoolean()).as("%s", credit.body()).isTrue();
        assertThat(credit.decimal("/wallets/0/available"))
                .isEqualByComparingTo(BigDecimal.valueOf(100).subtract(spent));
        Answer calls = timed("check", Customers.check(customer, "api-calls"));
        assertThat(calls.decimal("/limit/amount")).isEqualByComparingTo(BigDecimal.valueOf(limit));
        assertThat(calls.at("/stale").asBoolean()).isFalse();
    }

    private static String plan(int limit, BigDecimal price) {
        return """
                {'product': 'assistant', 'entitlements': {
                   'api-calls': {'limit': %d, 'every': 'P1M'},
                   'chat': {'onLimit': 'HARD', 'rates': [{'match': {}, 'per': {'inputTokens': '%s'}}]}}}
                """.formatted(limit, price.toPlainString());
    }

    private Answer timed(String call, Answer answer) {
        assertThat(answer.status())
                .as("%s answered %s", answer.call(), answer.body())
                .isLessThan(300);
        answer.isVisible();
        times.computeIfAbsent(call, key -> new ArrayList<>()).add(answer.took());
        return answer;
    }

    private void print() {
        Stack.print("%d rounds; milliseconds: %19s %6s %6s", ROUNDS, "p50", "p99", "max");
        times.forEach((call, durations) -> {
            List<Long> sorted =
                    durations.stream().map(Duration::toMillis).sorted().toList();
            Stack.print(
                    "%-38s %6d %6d %6d",
                    call,
                    sorted.get(sorted.size() / 2),
                    sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                    sorted.getLast());
        });
    }
}
