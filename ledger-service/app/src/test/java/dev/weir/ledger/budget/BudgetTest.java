package dev.weir.ledger.budget;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.LedgerVerifier;
import dev.weir.ledger.contract.BudgetExceeded;
import dev.weir.ledger.contract.BudgetMoney;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class BudgetTest {
    @Inject
    DataSource database;

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private static PlanVersion plan(String key, String amount, OnLimit onLimit) {
        PlanVersion plan = Catalogue.budgeted(
                key,
                amount,
                onLimit,
                List.of(
                        Catalogue.charge(
                                "api-calls", AppliesTo.OVERAGE, Catalogue.tier("10", "2"), Catalogue.tier(null, "1")),
                        Catalogue.charge("images", AppliesTo.OVERAGE, Catalogue.tier(null, "3"))),
                Catalogue.limit("api-calls", "5", "P1M", OnLimit.SOFT),
                Catalogue.limit("images", "0", "P1M", OnLimit.SOFT));
        LedgerTestSupport.deliver(plan);
        return plan;
    }

    @Test
    void aReservationOverTheBudgetIsRefusedAndSaysWhichBudget() {
        String customer = subscribed(plan("hard-budget", "25.00", OnLimit.HARD));
        String id = reserve(customer, "api-calls", "20");

        post("/v1/reservations", "{'customer':'%s','feature':'images','quantity':'1'}".formatted(customer))
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("LIMIT_REACHED"))
                .body("budget.amount", equalTo("25.00"))
                .body("budget.currency", equalTo("USD"))
                .body("budget.plan", equalTo("hard-budget"))
                .body("budget.held", equalTo("25.00"))
                .body("budget.shortBy", equalTo("3.00"))
                .body("decision.budget.room", equalTo("0"));
        post("/v1/reservations/" + id + "/settle", "{'quantity':'17'}").statusCode(200);
        reserve(customer, "images", "1");

        BudgetState state = states(customer).getLast();
        assertThat(BudgetMoney.charged(state.charges())).isEqualByComparingTo("22");
        assertThat(BudgetMoney.worst(state.charges())).isEqualByComparingTo("25");
        LedgerVerifier.verify(database);
    }

    @Test
    void aSoftBudgetTellsOnceThatItIsExceeded() {
        String customer = subscribed(plan("soft-budget", "2.00", OnLimit.SOFT));
        reserve(customer, "images", "1");
        reserve(customer, "images", "1");

        List<BudgetExceeded> told = OutboxProbe.facts("ledger.budget-exceeded").stream()
                .map(fact -> fact.bodyAs(BudgetExceeded.class))
                .filter(body -> body.root().equals(customer))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().money()).isEqualByComparingTo("3");
    }

    @Test
    void manyCallersOnTwoFeaturesNeverOverspendTogether() throws Exception {
        String customer = subscribed(plan("raced-budget", "60.00", OnLimit.HARD));
        List<Callable<Integer>> calls = IntStream.range(0, 60)
                .<Callable<Integer>>mapToObj(i -> () -> post(
                                "/v1/reservations",
                                "{'customer':'%s','feature':'%s','quantity':'1'}"
                                        .formatted(customer, i % 2 == 0 ? "images" : "api-calls"))
                        .extract()
                        .statusCode())
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isIn(201, 429);
            }
        }
        BudgetState state = states(customer).getLast();
        assertThat(BudgetMoney.worst(state.charges()))
                .isBetween("57".transform(java.math.BigDecimal::new), "60".transform(java.math.BigDecimal::new));
        LedgerVerifier.verify(database);
    }

    private static List<BudgetState> states(String customer) {
        return OutboxProbe.states("ledger.budget").stream()
                .map(state -> state.bodyAs(BudgetState.class))
                .filter(body -> body.root().equals(customer))
                .toList();
    }
}
