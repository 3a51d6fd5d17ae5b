package dev.weir.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.LocalPrice;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.WindowId;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that Weir rates itself, and prices by currency and country, against the Stripe simulator. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(SimulatorResource.class)
@TestSecurity(
        user = "fay",
        roles = {Roles.FINANCE, Roles.PLATFORM})
class AmountTest {
    private static final String HASH = "plan-hash-amounts";

    private final String customer = "rated-" + Ids.next();
    private final UUID subscription = Ids.next();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(40, ChronoUnit.DAYS);

    private static Price price(
            PriceModel model,
            String currency,
            @Nullable String amount,
            @Nullable String unitPrice,
            @Nullable String maximumSpend) {
        return new Price(
                model,
                currency,
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
                maximumSpend == null ? null : new BigDecimal(maximumSpend),
                null);
    }

    private static PlanVersion plan() {
        Charge fee = new Charge(
                "fee",
                null,
                AppliesTo.ALL,
                price(PriceModel.FLAT, "USD", "49.00", null, null),
                "P1M",
                Billed.IN_ADVANCE,
                null,
                List.of(new LocalPrice(null, price(PriceModel.FLAT, "EUR", "45.00", null, null))));
        Charge setup = new Charge(
                "setup",
                null,
                AppliesTo.ALL,
                price(PriceModel.FLAT, "USD", "99.00", null, null),
                null,
                Billed.IN_ADVANCE,
                null,
                List.of(new LocalPrice(null, price(PriceModel.FLAT, "EUR", "90.00", null, null))));
        Charge seats = new Charge(
                "seats",
                "seats",
                AppliesTo.ALL,
                price(PriceModel.PER_UNIT, "EUR", null, "3", null),
                null,
                Billed.IN_ARREARS,
                Measure.TIME_WEIGHTED);
        Charge calls = new Charge(
                "calls",
                "api-calls",
                AppliesTo.OVERAGE,
                price(PriceModel.PER_UNIT, "EUR", null, "0.5", "10.00"),
                null,
                Billed.IN_ARREARS);
        return new PlanVersion(
                "rated",
                1,
                HASH,
                "assistant",
                "Rated",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(fee, setup, seats, calls),
                null,
                null);
    }

    @BeforeEach
    void aCustomerThatPaysInEuro() {
        TestEvents.deliver("dev.weir.catalog.plan-version.v1", "rated@1", 1L, plan());
        TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1",
                customer,
                1L,
                new CustomerSnapshot(
                        customer,
                        customer,
                        null,
                        1,
                        "Rated",
                        "UTC",
                        "NL",
                        "EUR",
                        false,
                        start,
                        start,
                        List.of(new SubscriptionPart(
                                subscription,
                                "assistant",
                                null,
                                start,
                                List.of(new SubscriptionPhase(
                                        start, null, HASH, null, List.of(), UsageOnChange.KEEP)))),
                        List.of()));
    }

    @Test
    void aSetupFeeIsBilledOnceInTheCustomersCurrency() {
        Map<String, Object> setup = awaitBilled("setup", "90.00");
        assertThat(setup.get("currency")).isEqualTo("EUR");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/finance/customers/{c}/invoice-preview", customer)
                        .then()
                        .statusCode(200)
                        .body(containsString("45.00"))
                        .body(containsString("EUR")));
        given().get("/finance/reconciliation").then().statusCode(200).body(containsString("Amounts rated by Weir"));
    }

    @Test
    void aLevelIsBilledForItsPeriodAndTheDifferenceWhenItIsMeasuredAgain() {
        measured(1, "2.666666666667");
        awaitBilled("seats", "8.00");
        measured(2, "3.333333333333");
        awaitBilled("seats", "10.00");
        measured(3, "1");
        awaitBilled("seats", "3.00");
    }

    @Test
    void usageAtAPriceThatTheProviderHasNoWordsForIsRatedByPeriod() {
        window(0, 12);
        awaitBilled("calls", "6.00");
        window(1, 3);
        awaitBilled("calls", "7.50");
        window(2, 40);
        awaitBilled("calls", "10.00");
        window(0, 0);
        window(2, 1);
        awaitBilled("calls", "2.00");
    }

    private final Map<Integer, Long> revisions = new java.util.HashMap<>();

    private void window(int hour, long overage) {
        Instant from = start.plus(hour, ChronoUnit.HOURS);
        UUID window = WindowId.of(customer, "api-calls", null, from);
        long revision = revisions.merge(hour, 1L, Long::sum);
        TestEvents.deliver(
                "dev.weir.ledger.window-closed.v1",
                customer,
                window + ":" + revision,
                new dev.weir.ledger.contract.WindowClosed(
                        window,
                        customer,
                        customer,
                        "api-calls",
                        "METERED",
                        null,
                        from,
                        from.plusSeconds(3600),
                        revision,
                        revision,
                        0,
                        subscription,
                        "rated",
                        1,
                        HASH,
                        null,
                        null,
                        overage,
                        0,
                        0,
                        List.of(),
                        overage,
                        0,
                        0,
                        0));
    }

    private void measured(long revision, String quantity) {
        Instant end = start.plus(30, ChronoUnit.DAYS);
        UUID id = LevelMeasured.id(subscription, HASH, "seats", start);
        TestEvents.deliver(
                "dev.weir.metering.level-measured.v1",
                id.toString(),
                revision,
                new LevelMeasured(
                        id,
                        customer,
                        customer,
                        subscription,
                        "seats",
                        null,
                        "seats",
                        "rated",
                        1,
                        HASH,
                        false,
                        "TIME_WEIGHTED",
                        start,
                        end,
                        start,
                        end,
                        revision,
                        0,
                        4,
                        BigInteger.ONE,
                        1,
                        new BigDecimal(quantity)));
    }

    private Map<String, Object> awaitBilled(String charge, String amount) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(amount(charge).get("billed")).isEqualTo(amount);
            assertThat(amount(charge).get("expected")).isEqualTo(amount);
            assertThat(amount(charge).get("status")).isEqualTo("MATCHED");
        });
        return amount(charge);
    }

    private Map<String, Object> amount(String charge) {
        List<Map<String, Object>> amounts = given().queryParam("customer", customer)
                .queryParam("from", start.minus(1, ChronoUnit.DAYS).toString())
                .get("/v1/reconciliation/report")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("amounts");
        return amounts.stream()
                .filter(amount -> charge.equals(amount.get("charge")))
                .findFirst()
                .orElse(Map.of());
    }
}
