package dev.weir.e2e;

import static dev.weir.e2e.LedgerCatalog.CALLS;
import static dev.weir.e2e.LedgerCatalog.COARSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the ledger does when a plan changes in the middle of a period. */
@Order(60)
class LimitChangeTest {
    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void upgradeFrom1000To10000CallsWith1200OfOverageBookedAndAHoldOpen() {
        String customer = Customers.newId("upgrade");
        Customers.create(customer);
        String subscription = Customers.subscribe(customer, "led-soft-1k").text("id");
        Customers.use(customer, CALLS, 2200);
        String hold = Customers.reserve(customer, CALLS, 100).is(201).text("id");
        usageIs(customer, "2200", "100", "0");

        Customers.change(customer, subscription, Map.of("plan", "led-10k", "when", "NOW"));

        // The new room first takes back what was overage, then the hold that stood in overage room.
        usageIs(customer, "2200", "100", "7700");
        assertThat(Wallet.of(customer, CALLS).sum("consumed")).isEqualByComparingTo("2200");
        assertThat(Wallet.of(customer, CALLS).sum("granted")).isEqualByComparingTo("10000");
        Answer settled = api.post("/v1/reservations/" + hold + "/settle", Map.of("quantity", 100))
                .is(200);
        assertThat(settled.decimal("/spent/0/amount")).isEqualByComparingTo("100");
        usageIs(customer, "2300", "0", "7700");
        Customers.use(customer, CALLS, 7700);
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");
        financeAgreesOn(customer, "10000", "0");
    }

    @Test
    void anUpgradeDoesNotTakeBackOverageThatAClosedWindowBears() {
        String customer = Customers.newId("billed");
        Customers.create(customer);
        String subscription = Customers.subscribe(customer, "led-soft-1k").text("id");
        Customers.use(customer, CALLS, 2200);
        financeAgreesOn(customer, "1000", "1200");

        Customers.change(customer, subscription, Map.of("plan", "led-10k", "when", "NOW"));

        // The 1,200 are billed, so they do not count against the new limit.
        usageIs(customer, "2200", "0", "9000");
        Customers.use(customer, CALLS, 9000);
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");
        financeAgreesOn(customer, "10000", "1200");
    }

    @Test
    void downgradeFrom10000To1000With5000Used() {
        String customer = Customers.newId("downgrade");
        Customers.create(customer);
        String subscription = Customers.subscribe(customer, "led-10k").text("id");
        Customers.use(customer, CALLS, 5000);
        String hold = Customers.reserve(customer, CALLS, 200).is(201).text("id");

        Customers.change(customer, subscription, Map.of("plan", "led-1k", "when", "NOW"));

        // What was allowed when it happened stays used and never becomes overage; what is held stays held.
        usageIs(customer, "5000", "200", "0");
        assertThat(Wallet.of(customer, CALLS).sum("consumed")).isEqualByComparingTo("5000");
        assertThat(Customers.check(customer, CALLS).text("reason")).isEqualTo("LIMIT_REACHED");
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");
        api.post("/v1/reservations/" + hold + "/release", Map.of()).is(200);
        usageIs(customer, "5000", "0", "0");
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");

        Customers.change(customer, subscription, Map.of("plan", "led-10k", "when", "NOW"));
        usageIs(customer, "5000", "0", "5000");
    }

    @Test
    void upgradeDowngradeUpgradeInOnePeriodMintsNothing() {
        String customer = Customers.newId("churn");
        Customers.create(customer);
        String subscription = Customers.subscribe(customer, "led-1k").text("id");
        Customers.use(customer, CALLS, 600);
        assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("100");

        for (int round = 0; round < 2; round++) {
            Customers.change(customer, subscription, Map.of("plan", "led-10k", "when", "NOW"));
            usageIs(customer, "600", "0", "9400");
            assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("1000");
            Customers.change(customer, subscription, Map.of("plan", "led-1k", "when", "NOW"));
            usageIs(customer, "600", "0", "400");
            assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("1000");
        }

        Customers.change(customer, subscription, Map.of("plan", "led-10k", "when", "NOW"));
        usageIs(customer, "600", "0", "9400");
        Wallet credits = Wallet.of(customer, COARSE);
        assertThat(credits.available()).isEqualByComparingTo("1000");
        assertThat(credits.sum("granted")).isEqualByComparingTo("1000");
        Customers.use(customer, CALLS, 9400);
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");
    }

    /** Closes the windows, and waits until metering, ledger and bridge say the same of this customer's calls. */
    private void financeAgreesOn(String customer, String included, String overage) {
        api.post("/v1/reconciliation/windows/close", Map.of()).is(200);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, BigDecimal> sums = Report.now().matched(customer, CALLS);
            assertThat(sums.get("included")).as("included").isEqualByComparingTo(included);
            assertThat(sums.get("overage")).as("overage").isEqualByComparingTo(overage);
        });
    }

    private static void usageIs(String customer, String used, String held, String remaining) {
        Answer check = Customers.check(customer, CALLS);
        assertThat(check.decimal("/usage/used")).as("used").isEqualByComparingTo(used);
        assertThat(check.decimal("/usage/held")).as("held").isEqualByComparingTo(held);
        assertThat(check.decimal("/usage/remaining")).as("remaining").isEqualByComparingTo(remaining);
    }
}
