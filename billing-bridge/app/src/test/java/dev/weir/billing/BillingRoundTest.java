package dev.weir.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.contract.WindowException;
import dev.weir.ledger.contract.WindowId;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From closed windows to the provider and back, against the Stripe simulator. Every test has a customer of its own. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(SimulatorResource.class)
@TestSecurity(
        user = "fay",
        roles = {Roles.FINANCE, Roles.PLATFORM})
class BillingRoundTest {
    private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private static final String PLAN_HASH = SamplePlan.HASH;

    private final String customer = "acme-" + Ids.next();
    private final UUID subscription = Ids.next();
    private final UUID window = WindowId.of(customer, "api-calls", null, HOUR);

    @BeforeEach
    void aCustomerOnAPlanWithOverage() {
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "starter@1", 1L, SamplePlan.version());
        TestEvents.deliver("dev.weir.entitlement.customer-snapshot.v1", customer, 1L, snapshot());
    }

    @Test
    void overageOfAClosedWindowIsSentConfirmedAndInvoiced() {
        // Given
        metered(1, 507);
        // When
        closed(1, 507, 7);
        // Then
        JsonPath row = awaitRow("MATCHED");
        assertThat(row.getString("billed")).isEqualTo("7");
        assertThat(OutboxProbe.facts("billing.window-billed"))
                .anyMatch(fact -> fact.id().equals(window + ":1:api-overage"));
        given().get("/v1/finance/customers/{c}/invoice-preview", customer)
                .then()
                .statusCode(200)
                .body("items[0].invoice.currency", equalTo("USD"))
                .body("items[0].invoice.total", equalTo("0.01"));
    }

    @Test
    void aRevisionSendsOnlyTheDifference() {
        // Given
        metered(1, 507);
        closed(1, 507, 7);
        awaitRow("MATCHED");
        // When
        metered(2, 512);
        closed(2, 512, 12);
        // Then
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            JsonPath row = row();
            assertThat(row.getString("billed")).isEqualTo("12");
            assertThat(row.getString("status")).isEqualTo("MATCHED");
        });
    }

    @Test
    void aCorrectionDownwardsIsSentToo() {
        // Given
        metered(1, 507);
        closed(1, 507, 7);
        awaitRow("MATCHED");
        // When
        metered(2, 504);
        closed(2, 504, 4);
        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(row().getString("billed")).isEqualTo("4"));
    }

    @Test
    void anAnswerLostAfterTheEffectBillsOnce() {
        // Given
        awaitNoOpenCommands();
        SimulatorResource.fault("{\"kind\":\"commit-then-5xx\",\"path\":\"/v1/billing/meter_events\"}");
        metered(1, 507);
        // When
        closed(1, 507, 7);
        // Then
        assertThat(awaitRow("MATCHED").getString("billed")).isEqualTo("7");
        assertThat(SimulatorResource.requests()).contains("commit-then-5xx");
    }

    @Test
    void aConnectionDroppedBeforeTheEffectBillsOnce() {
        // Given
        awaitNoOpenCommands();
        SimulatorResource.fault("{\"kind\":\"drop-before-commit\",\"path\":\"/v1/billing/meter_events\"}");
        metered(1, 507);
        // When
        closed(1, 507, 7);
        // Then
        assertThat(awaitRow("MATCHED").getString("billed")).isEqualTo("7");
        assertThat(SimulatorResource.requests()).contains("drop-before-commit");
    }

    @Test
    void usageSentTwiceUnderTwoIdentifiersIsFound() {
        // Given
        awaitNoOpenCommands();
        metered(1, 507);
        given().post("/internal/v1/faults/double-send").then().statusCode(204);
        // When
        closed(1, 507, 7);
        // Then
        JsonPath row = awaitRow("EXCEPTION");
        assertThat(row.getString("reason")).isEqualTo("BILLED_DIFFERS");
        assertThat(row.getString("billedMore")).isEqualTo("7");
    }

    @Test
    void aWindowOnWhichTheOthersDoNotAgreeIsADifference() {
        // Given
        metered(1, 506);
        // When
        TestEvents.deliver(
                "dev.weir.ledger.window-exception.v1",
                window.toString(),
                1L,
                new WindowException(
                        window,
                        customer,
                        customer,
                        "api-calls",
                        "METERED",
                        null,
                        HOUR,
                        HOUR.plusSeconds(3600),
                        0,
                        WindowException.Reason.ENFORCED_DIFFERS,
                        true,
                        1,
                        507,
                        506,
                        0,
                        0,
                        500,
                        0,
                        7,
                        0,
                        0,
                        0,
                        Instant.now()));
        // Then
        JsonPath row = awaitRow("EXCEPTION");
        assertThat(row.getString("meteringLess")).isEqualTo("1");
        given().get("/finance/reconciliation").then().statusCode(200).body(containsString("metering lacks 1"));
        given().get("/v1/reconciliation/report.csv").then().statusCode(200).body(containsString("ENFORCED_DIFFERS"));
    }

    @Test
    void payAsYouGoIsBilledFromMeteringsWindow() {
        // Given / When
        TestEvents.deliver(
                "dev.weir.metering.window-closed.v1", customer, window + ":1", meteringWindow(1, "exports", 3, true));
        // Then
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            JsonPath row = row("exports");
            assertThat(row.getString("billed")).isEqualTo("3");
            assertThat(row.getString("status")).isEqualTo("MATCHED");
        });
    }

    @Test
    void aRepeatedEventSendsNothingTwice() {
        // Given
        metered(1, 507);
        closed(1, 507, 7);
        awaitRow("MATCHED");
        // When
        closed(1, 507, 7);
        // Then
        awaitNoOpenCommands();
        assertThat(row().getString("billed")).isEqualTo("7");
    }

    @Test
    @TestSecurity(user = "pat", roles = Roles.PRODUCT)
    void onlyFinanceReadsTheReport() {
        given().get("/v1/reconciliation/report").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    }

    @Test
    void aMalformedSpanIsRefused() {
        given().get("/v1/reconciliation/report?from=yesterday")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_VALUE"));
    }

    private JsonPath awaitRow(String status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(row().getString("status")).isEqualTo(status));
        return row();
    }

    private JsonPath row() {
        return row("api-calls");
    }

    private JsonPath row(String feature) {
        List<Map<String, Object>> rows = given().get("/v1/reconciliation/report?customer=" + customer)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("rows");
        Map<String, Object> row = rows.stream()
                .filter(candidate -> feature.equals(candidate.get("feature")))
                .findFirst()
                .orElse(Map.of());
        return JsonPath.from(json(row));
    }

    private static String json(Map<String, Object> row) {
        try {
            return dev.weir.platform.kernel.Json.mapper().writeValueAsString(row);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void awaitNoOpenCommands() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/reconciliation/status")
                        .then()
                        .body("commandsOpen", equalTo(0))
                        .body("hoursOpen", equalTo(0)));
    }

    private void metered(long revision, long total) {
        TestEvents.deliver(
                "dev.weir.metering.window-closed.v1",
                customer,
                window + ":" + revision,
                meteringWindow(revision, "api-calls", total, false));
    }

    private dev.weir.metering.contract.WindowClosed meteringWindow(
            long revision, String feature, long total, boolean unlimited) {
        return new dev.weir.metering.contract.WindowClosed(
                WindowId.of(customer, feature, null, HOUR),
                customer,
                customer,
                feature,
                "METERED",
                null,
                HOUR,
                HOUR.plusSeconds(3600),
                revision,
                0,
                total,
                revision,
                0,
                0,
                total,
                "content",
                unlimited,
                subscription,
                "starter",
                1,
                PLAN_HASH,
                null,
                null);
    }

    private void closed(long revision, long total, long overage) {
        TestEvents.deliver(
                "dev.weir.ledger.window-closed.v1",
                customer,
                window + ":" + revision,
                new WindowClosed(
                        window,
                        customer,
                        customer,
                        "api-calls",
                        "METERED",
                        null,
                        HOUR,
                        HOUR.plusSeconds(3600),
                        revision,
                        revision,
                        0,
                        subscription,
                        "starter",
                        1,
                        PLAN_HASH,
                        null,
                        null,
                        total,
                        total - overage,
                        0,
                        List.of(),
                        overage,
                        0,
                        0,
                        0));
    }

    private CustomerSnapshot snapshot() {
        Instant start = HOUR.minus(1, ChronoUnit.DAYS);
        return new CustomerSnapshot(
                customer,
                customer,
                null,
                1,
                "Acme",
                "UTC",
                "NL",
                "USD",
                false,
                start,
                start,
                List.of(new SubscriptionPart(
                        subscription,
                        "assistant",
                        null,
                        start,
                        List.of(new SubscriptionPhase(
                                start,
                                null,
                                PLAN_HASH,
                                null,
                                List.of(),
                                dev.weir.catalog.contract.UsageOnChange.KEEP)))),
                List.of());
    }
}
