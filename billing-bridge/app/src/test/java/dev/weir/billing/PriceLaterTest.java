package dev.weir.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.WindowId;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A price that is added to a running subscription bills all usage of its plan version, that from before it was added too. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(SimulatorResource.class)
@TestSecurity(
        user = "fay",
        roles = {Roles.FINANCE, Roles.PLATFORM})
class PriceLaterTest {
    private final String customer = "later-" + Ids.next();
    private final UUID subscription = Ids.next();
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(5, ChronoUnit.HOURS);
    private final Instant start = hour.minus(2, ChronoUnit.DAYS);

    private static Price price(PriceModel model, @Nullable String amount, @Nullable String unitPrice) {
        return new Price(
                model,
                "USD",
                amount == null ? null : new BigDecimal(amount),
                unitPrice == null ? null : new BigDecimal(unitPrice),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static PlanVersion plan(int version, Charge... more) {
        Charge fee =
                new Charge("fee", null, AppliesTo.ALL, price(PriceModel.FLAT, "10.00", null), "P1M", Billed.IN_ADVANCE);
        List<Charge> charges = new java.util.ArrayList<>(List.of(more));
        charges.addFirst(fee);
        return new PlanVersion(
                "grown",
                version,
                "plan-hash-grown-" + version,
                "assistant",
                "Grown",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                charges,
                null,
                null);
    }

    private void snapshot(long version, SubscriptionPhase... phases) {
        TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1",
                customer,
                version,
                new CustomerSnapshot(
                        customer,
                        customer,
                        null,
                        version,
                        "Later",
                        "UTC",
                        "NL",
                        "USD",
                        false,
                        start,
                        start,
                        List.of(new SubscriptionPart(subscription, "assistant", null, start, List.of(phases))),
                        List.of()));
    }

    private static SubscriptionPhase phase(Instant from, @Nullable Instant to, PlanVersion plan) {
        return new SubscriptionPhase(from, to, plan.hash(), null, List.of(), UsageOnChange.KEEP);
    }

    @Test
    void usageFromBeforeThePriceWasAddedIsBilledInFull() {
        PlanVersion one = plan(1);
        PlanVersion two = plan(
                2,
                new Charge(
                        "exports",
                        "exports",
                        AppliesTo.ALL,
                        price(PriceModel.PER_UNIT, null, "0.25"),
                        null,
                        Billed.IN_ARREARS));
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "grown@1", 1L, one);
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "grown@2", 2L, two);
        snapshot(1, phase(start, null, one));
        quiet();
        snapshot(2, phase(start, hour, one), phase(hour, null, two));
        quiet();

        window(1, 3);
        matched("3");
        window(2, 8);
        matched("8");

        given().get("/v1/finance/customers/{c}/invoice-preview", customer)
                .then()
                .statusCode(200)
                .body("items[0].invoice.lines.findAll { it.quantity == '8' }.amount[0]", equalTo("2.00"));
    }

    private void window(long revision, long quantity) {
        UUID window = WindowId.of(customer, "exports", null, hour);
        TestEvents.deliver(
                "dev.weir.metering.window-closed.v1",
                customer,
                window + ":" + revision,
                new WindowClosed(
                        window,
                        customer,
                        customer,
                        "exports",
                        "METERED",
                        null,
                        hour,
                        hour.plusSeconds(3600),
                        revision,
                        0,
                        quantity,
                        revision,
                        0,
                        0,
                        quantity,
                        "content",
                        true,
                        subscription,
                        "grown",
                        2,
                        "plan-hash-grown-2",
                        null,
                        null));
    }

    private static void quiet() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ofMillis(500))
                .untilAsserted(
                        () -> given().get("/v1/reconciliation/status").then().body("commandsOpen", equalTo(0)));
    }

    private void matched(String billed) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<Map<String, Object>> rows = given().queryParam("customer", customer)
                    .get("/v1/reconciliation/report")
                    .then()
                    .extract()
                    .jsonPath()
                    .getList("rows");
            assertThat(rows).hasSize(1);
            assertThat(rows.getFirst().get("billed")).isEqualTo(billed);
            assertThat(rows.getFirst().get("status")).isEqualTo("MATCHED");
        });
    }
}
