package dev.weir.ledger.payment;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.billing.contract.InvoicePaid;
import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.GrantOn;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.LedgerVerifier;
import dev.weir.metering.contract.UsageBefore;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What billing and metering tell the ledger, seen at its API. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class CircumstancesTest {
    @Inject
    DataSource database;

    private final Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    private final Instant end = start.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private static CreditGrant grant(GrantOn on, String amount, @Nullable PerSeat perSeat) {
        return new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal(amount),
                "P1M",
                false,
                Category.PAID,
                50,
                on,
                null,
                new Money(new BigDecimal("20.00"), "USD"),
                null,
                null,
                perSeat);
    }

    private void subscribe(String customer, PlanVersion plan) {
        LedgerTestSupport.deliver(plan);
        LedgerTestSupport.deliver(
                Catalogue.customer(customer, 1, start, List.of(), Catalogue.phase(start, null, plan)));
    }

    private void paid(String customer, String invoice) {
        InvoicePaid body = new InvoicePaid(
                "stripe",
                invoice,
                customer,
                customer,
                Ids.of("subscription of " + customer),
                start,
                end,
                new BigDecimal("49.00"),
                "USD",
                Instant.now());
        TestEvents.deliver("dev.weir.billing.invoice-paid.v1", customer, "stripe:" + invoice + ":" + customer, body);
    }

    private static void available(String customer, String credits, int blocks) {
        given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .body("available", equalTo(credits))
                .body("blocks", hasSize(blocks));
    }

    @Test
    void aPaidInvoiceOpensItsPeriodsCreditOnce() {
        PlanVersion plan = Catalogue.plan(
                "on-payment",
                1,
                List.of(grant(GrantOn.INVOICE_PAID, "1000", null)),
                null,
                Catalogue.access("chat", OnLimit.HARD));
        subscribe("pays-later", plan);
        given().get("/v1/customers/pays-later/wallets/ai-credits").then().body("available", equalTo("0"));

        paid("pays-later", "in_1");
        paid("pays-later", "in_1");
        paid("pays-later", "in_2");
        available("pays-later", "1000", 1);

        paid("pays-first", "in_3");
        subscribe("pays-first", plan);
        available("pays-first", "1000", 1);
        LedgerVerifier.verify(database);
    }

    @Test
    void creditFollowsTheSeats() {
        PlanVersion plan = Catalogue.plan(
                "per-seat",
                1,
                List.of(grant(GrantOn.PERIOD_START, "0", new PerSeat("seats", new BigDecimal("200")))),
                null,
                Catalogue.limit("seats", "10", null, OnLimit.HARD),
                Catalogue.access("chat", OnLimit.HARD));
        subscribe("seated", plan);
        seat("seated", "3");
        available("seated", "600", 1);
        seat("seated", "2");
        available("seated", "1000", 2);
        LedgerVerifier.verify(database);
    }

    private static void seat(String customer, String seats) {
        String id = reserve(customer, "seats", seats);
        post("/v1/reservations/" + id + "/settle", "{'quantity':'" + seats + "'}")
                .statusCode(200);
    }

    @Test
    void aLimitInMidPeriodRefusesExactlyAtTheLimitWithEarlierUsageCounted() {
        PlanVersion free =
                Catalogue.plan("no-limit", 1, List.of(), null, Catalogue.limit("api-calls", null, null, OnLimit.HARD));
        PlanVersion tight = Catalogue.plan(
                "with-limit", 1, List.of(), null, Catalogue.limit("api-calls", "1000", "P1M", OnLimit.HARD));
        subscribe("tightened", free);
        LedgerTestSupport.deliver(tight);
        Instant change = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        before("tightened", change, 1, 400);
        LedgerTestSupport.deliver(Catalogue.customer(
                "tightened",
                2,
                start,
                List.of(),
                Catalogue.phase(start, change, free),
                Catalogue.phase(change, null, tight)));
        before("tightened", change, 3, 700);
        before("tightened", change, 2, 500);

        post("/v1/reservations", "{'customer':'tightened','feature':'api-calls','quantity':'301'}")
                .statusCode(429)
                .body("code", equalTo("LIMIT_REACHED"))
                .body("decision.usage.used", equalTo("700"))
                .body("decision.usage.remaining", equalTo("300"));
        reserve("tightened", "api-calls", "300");
        given().get("/v1/customers/tightened/wallets/api-calls")
                .then()
                .body("used", equalTo("700"))
                .body("available", equalTo("0"));
        LedgerVerifier.verify(database);
    }

    private void before(String customer, Instant change, long revision, long total) {
        UsageBefore body = new UsageBefore(
                UsageBefore.id(customer, "api-calls", null, start),
                customer,
                customer,
                null,
                "api-calls",
                start,
                change,
                revision,
                total,
                0);
        TestEvents.deliver("dev.weir.metering.usage-before.v1", body.usageId().toString(), revision, body);
    }
}
