package dev.weir.ledger.usage;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.LedgerVerifier;
import dev.weir.ledger.contract.WindowId;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import dev.weir.platform.servicekit.events.EventConsumer.Delivery;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class ReportedUsageTest {
    @Inject
    DataSource database;

    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private void total(String customer, long revision, long total) {
        ReportedTotal body = new ReportedTotal(
                WindowId.of(customer, "api-calls", null, hour),
                customer,
                customer,
                null,
                "api-calls",
                hour,
                hour.plus(1, ChronoUnit.HOURS),
                revision,
                total,
                0,
                Instant.now());
        TestEvents.deliver(
                "dev.weir.metering.reported-total.v1", body.windowId().toString(), revision, body);
    }

    private Delivery event(String customer, String id, String inputTokens) {
        UsageReported body = new UsageReported(
                customer,
                customer,
                null,
                "chat",
                "test",
                id,
                "llm.completion",
                Instant.now(),
                Map.of("model", "large", "inputTokens", inputTokens),
                hour,
                hour.plus(1, ChronoUnit.HOURS));
        return TestEvents.deliver("dev.weir.metering.usage-reported.v1", customer, "usage:" + id + inputTokens, body);
    }

    @Test
    void booksTheDifferenceOfTotals() {
        String customer = subscribed(Catalogue.starter());
        total(customer, 1, 40);
        total(customer, 2, 30);

        given().get("/v1/customers/" + customer + "/wallets/api-calls")
                .then()
                .body("used", equalTo("30"))
                .body("available", equalTo("970"));
        LedgerVerifier.verify(database);
    }

    @Test
    void debitsEachEventOnce() {
        String customer = subscribed(Catalogue.pro());
        event(customer, "a-" + customer, "1000");
        event(customer, "a-" + customer, "1000");
        event(customer, "b-" + customer, "2000");

        given().get("/v1/customers/" + customer + "/wallets/ai-credits").then().body("available", equalTo("991"));
        given().queryParam("event", "b-" + customer)
                .get("/v1/customers/" + customer + "/wallets/ai-credits/journal")
                .then()
                .body("items", hasSize(1))
                .body("items[0].amount", equalTo("6"));
    }

    @Test
    void anEventReportedFirstIsNotChargedAgainByASettle() {
        String customer = subscribed(Catalogue.pro());
        event(customer, "c-" + customer, "1000");
        String id = post("/v1/reservations", "{'customer':'%s','feature':'chat','quantity':'5'}".formatted(customer))
                .extract()
                .path("id");

        post(
                        "/v1/reservations/" + id + "/settle",
                        "{'dimensions':{'model':'large','inputTokens':1000},'event':{'id':'c-%s','source':'test','data':{'model':'large','inputTokens':1000}}}"
                                .formatted(customer))
                .statusCode(200)
                .body("alreadyCharged", equalTo(true));
        given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .body("available", equalTo("997"))
                .body("held", equalTo("0"));
    }

    @Test
    void usageOfAStrangerWaitsForItsSubscription() {
        String customer = "stranger-" + System.nanoTime();
        event(customer, "w-" + customer, "1000");
        Instant start = hour.minus(1, ChronoUnit.HOURS);

        LedgerTestSupport.deliver(
                Catalogue.customer(customer, 1, start, List.of(), Catalogue.phase(start, null, Catalogue.pro())));

        given().get("/v1/customers/" + customer + "/wallets/ai-credits").then().body("available", equalTo("997"));
    }

    @Test
    void aSnapshotWaitsForItsPlanAndAnUpgradeAbsorbsOverage() {
        String customer = "late-" + System.nanoTime();
        PlanVersion small = Catalogue.plan(
                "small-" + customer.substring(5),
                1,
                List.of(),
                null,
                Catalogue.limit("api-calls", "10", "P1M", OnLimit.SOFT));
        Instant start = hour.minus(1, ChronoUnit.HOURS);
        CustomerSnapshot first = Catalogue.customer(customer, 1, start, List.of(), Catalogue.phase(start, null, small));
        LedgerTestSupport.deliver(first);
        assertThat(OutboxProbe.states("ledger.customer-applied"))
                .noneMatch(state -> state.aggregateId().equals(customer));

        LedgerTestSupport.deliver(small);

        assertThat(OutboxProbe.states("ledger.customer-applied"))
                .anyMatch(state -> state.aggregateId().equals(customer));
        total(customer, 1, 25);
        given().get("/v1/customers/" + customer + "/wallets/api-calls").then().body("overage", equalTo("15"));
        Instant now = Instant.now();
        LedgerTestSupport.deliver(Catalogue.customer(
                customer,
                2,
                start,
                List.of(),
                Catalogue.phase(start, now, small),
                Catalogue.phase(now, null, Catalogue.pro())));
        given().get("/v1/customers/" + customer + "/wallets/api-calls")
                .then()
                .body("overage", equalTo("0"))
                .body("used", equalTo("25"))
                .body("available", equalTo("9975"));
        LedgerVerifier.verify(database);
    }

    @Test
    void aChildDrawsOnItsRootsWallets() {
        String root = subscribed(Catalogue.starter());
        String child = root + "-child";
        LedgerTestSupport.deliver(Catalogue.customer(child, root, 1, Instant.now(), List.of()));

        String id = LedgerTestSupport.reserve(child, "api-calls", "10");
        post("/v1/reservations/" + id + "/settle", "{'quantity':10}").statusCode(200);

        given().get("/v1/customers/" + root + "/wallets/api-calls").then().body("used", equalTo("10"));
        given().queryParam("reservation", id)
                .get("/v1/customers/" + root + "/wallets/api-calls/journal")
                .then()
                .body("items[0].customer", equalTo(child));
    }
}
