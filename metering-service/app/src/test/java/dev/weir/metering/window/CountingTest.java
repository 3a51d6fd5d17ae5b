package dev.weir.metering.window;

import static dev.weir.metering.Service.call;
import static dev.weir.metering.Service.closed;
import static dev.weir.metering.Service.completion;
import static dev.weir.metering.Service.deliver;
import static dev.weir.metering.Service.event;
import static dev.weir.metering.Service.post;
import static dev.weir.metering.Service.reportedTotals;
import static dev.weir.metering.Service.settled;
import static dev.weir.metering.Service.workOff;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.metering.Fixtures;
import dev.weir.metering.Service;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import dev.weir.metering.contract.WatermarkPassed;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "demo",
        roles = {Roles.PRODUCT, Roles.FINANCE, Roles.PLATFORM})
class CountingTest {

    private static final String BATCH = "application/cloudevents-batch+json";

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
    }

    @Test
    void sendsTheReportedTotalOfAWindowAsAState() {
        deliver(Fixtures.onPro("c-total"));
        post(BATCH, "[" + call("c-total", "t1", null) + "," + call("c-total", "t2", null) + "]");
        workOff();

        post(BATCH, "[" + call("c-total", "t2", null) + "," + call("c-total", "t3", null) + "]");
        workOff();

        List<ReportedTotal> totals = reportedTotals("c-total");
        assertThat(totals).hasSize(1);
        assertThat(totals.getFirst().total()).isEqualTo(3);
        assertThat(totals.getFirst().revision()).isEqualTo(2);
        assertThat(totals.getFirst().feature()).isEqualTo("api-calls");
    }

    @Test
    void sendsEachReportedCreditEventOnceAndClosesItsWindowInCredits() {
        deliver(Fixtures.onPro("c-credit"));
        post(BATCH, "[" + completion("c-credit", "k1", null) + "," + completion("c-credit", "k2", null) + "]");

        close();

        assertThat(OutboxProbe.facts("metering.usage-reported").stream()
                        .map(fact -> fact.bodyAs(UsageReported.class))
                        .filter(reported -> reported.customer().equals("c-credit")))
                .hasSize(2)
                .allSatisfy(reported -> assertThat(reported.dimensions()).containsEntry("outputTokens", "200"));
        WindowClosed window = closed("c-credit").getFirst();
        assertThat(window.reported()).isEqualTo(12_000_000);
        assertThat(window.scale()).isEqualTo(6);
        assertThat(window.plan()).isEqualTo("pro");
    }

    @Test
    void closingAgainWithoutChangeGivesNoNewRevision() {
        deliver(Fixtures.onPro("c-again"));
        post(BATCH, "[" + call("c-again", "g1", null) + "]");
        close();
        close();
        post(BATCH, "[" + call("c-again", "g2", null) + "]");

        close();

        assertThat(closed("c-again")).extracting(WindowClosed::revision).containsExactly(1L, 2L);
        assertThat(closed("c-again")).extracting(WindowClosed::reported).containsExactly(1L, 2L);
        assertThat(closed("c-again")).extracting(WindowClosed::contentHash).doesNotHaveDuplicates();
    }

    @Test
    void aRequestTellsTheWatermarkOfEveryShard() {
        Instant until = close();

        assertThat(OutboxProbe.facts("metering.watermark-passed").stream()
                        .map(fact -> fact.bodyAs(WatermarkPassed.class))
                        .filter(passed -> passed.until().equals(until)))
                .hasSize(256)
                .allMatch(WatermarkPassed::requested);
    }

    @Test
    void enforcedUsageIsCountedAsSettledAndReadByEveryOtherMeter() {
        deliver(Fixtures.onPro("c-enforced"));
        deliver(settled(
                "c-enforced",
                "/app",
                "e1",
                "llm.completion",
                "chat",
                "CREDIT",
                5_500_000,
                Map.of("model", "large", "outputTokens", 300)));

        close();

        WindowClosed window = closed("c-enforced").getFirst();
        assertThat(window.enforced()).isEqualTo(5_500_000);
        assertThat(window.reported()).isZero();
        usage("c-enforced", "feature", "chat", "5.5");
        usage("c-enforced", "meter", "completions", "300");
    }

    @Test
    void aReportedEventThatIsSettledMovesFromReportedToEnforced() {
        deliver(Fixtures.onPro("c-moves"));
        post(BATCH, "[" + call("c-moves", "m1", null) + "," + call("c-moves", "m2", null) + "]");
        workOff();

        deliver(settled("c-moves", "/app", "m1", "api.request", "api-calls", "METERED", 1, Map.of("path", "/a")));
        close();

        assertThat(reportedTotals("c-moves").getFirst().total()).isEqualTo(1);
        WindowClosed window = closed("c-moves").getLast();
        assertThat(window.reported()).isEqualTo(1);
        assertThat(window.enforced()).isEqualTo(1);
        assertThat(window.eventCount()).isEqualTo(2);
    }

    @Test
    void aSettledEventReportedLaterIsADuplicate() {
        deliver(Fixtures.onPro("c-later"));
        deliver(settled("c-later", "/app", "l1", "api.request", "api-calls", "METERED", 1, Map.of("path", "/a")));

        post(BATCH, "[" + call("c-later", "l1", null) + "]").body("accepted", equalTo(0), "duplicates", equalTo(1));
    }

    @Test
    void ifContentsDifferTheEnforcedOneStandsAndTheConflictIsListed() {
        deliver(Fixtures.onPro("c-conflict"));
        deliver(Fixtures.onPro("c-other"));
        post(BATCH, "[" + call("c-conflict", "x1", null) + "]");
        workOff();
        assertThat(reportedTotals("c-conflict").getFirst().total()).isEqualTo(1);

        deliver(settled("c-other", "/app", "x1", "api.request", "api-calls", "METERED", 1, Map.of("path", "/b")));
        close();

        assertThat(reportedTotals("c-conflict").getFirst().total()).isZero();
        assertThat(closed("c-other").getFirst().enforced()).isEqualTo(1);
        given().get("/v1/metering/status").then().body("conflicts", equalTo(1));
    }

    @Test
    void usageBeforeTheSnapshotIsKeptAndPricedWhenItComes() {
        post(BATCH, "[" + call("c-early", "s1", null) + "," + completion("c-early", "s2", null) + "]")
                .body("accepted", equalTo(2));
        close();
        assertThat(closed("c-early")).isEmpty();
        assertThat(reportedTotals("c-early")).isEmpty();

        deliver(Fixtures.onPro("c-early"));
        close();

        assertThat(reportedTotals("c-early").getFirst().total()).isEqualTo(1);
        assertThat(closed("c-early"))
                .extracting(WindowClosed::feature, WindowClosed::reported)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("api-calls", 1L),
                        org.assertj.core.groups.Tuple.tuple("chat", 6_000_000L));
    }

    @Test
    void aSnapshotWaitsForItsBodies() {
        String customer = "c-waits";
        var plan = new dev.weir.catalog.contract.PlanVersion(
                "late",
                1,
                "hash-late",
                "assistant",
                "late",
                Fixtures.PRO.layers(),
                Fixtures.PRO.features(),
                Fixtures.PRO.creditUnits(),
                List.of(),
                Map.of(),
                List.of(),
                null,
                null);
        deliver(Fixtures.snapshot(customer, 1, Fixtures.phase(Fixtures.ANCHOR, null, plan)));
        post(BATCH, "[" + call(customer, "w1", null) + "]");
        workOff();
        assertThat(reportedTotals(customer)).isEmpty();

        deliver(plan);
        workOff();

        assertThat(reportedTotals(customer).getFirst().total()).isEqualTo(1);
    }

    @Test
    void unlimitedFeaturesHaveAWindowButNoReportedTotal() {
        deliver(Fixtures.onPro("c-unlimited"));
        post(
                BATCH,
                "[" + event("c-unlimited", "u1", "user.seen", null, "{\"userId\":\"a\"}") + ","
                        + event("c-unlimited", "u2", "user.seen", null, "{\"userId\":\"a\"}") + "]");

        close();

        assertThat(reportedTotals("c-unlimited")).isEmpty();
        WindowClosed window = closed("c-unlimited").getFirst();
        assertThat(window.unlimited()).isTrue();
        assertThat(window.reported()).isEqualTo(1);
        assertThat(window.subscription()).isEqualTo(Fixtures.subscription("c-unlimited"));
    }

    @Test
    void lateUsageRevisesTheHoursAfterIt() {
        deliver(Fixtures.onPro("c-late"));
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        post(BATCH, "[" + event("c-late", "v1", "seats.set", hour, "{\"seats\":4}") + "]");
        close();

        post(BATCH, "[" + event("c-late", "v2", "seats.set", hour.minusSeconds(7_200), "{\"seats\":3}") + "]");
        close();

        assertThat(reportedTotals("c-late")).extracting(ReportedTotal::total).containsExactlyInAnyOrder(3L, 1L);
        assertThat(closed("c-late")).extracting(WindowClosed::reported).containsExactly(4L, 3L, 1L);
    }

    @Test
    void aLostEventIsLostOnlyWhereFaultsAreAllowed() {
        given().post("/internal/v1/faults/lost-event").then().statusCode(404);
    }

    @Test
    void theSameSettledFactTwiceCountsOnce() {
        deliver(Fixtures.onPro("c-twice"));
        ReservationSettled settled =
                settled("c-twice", "weir:reservation", "r1", "llm.completion", "chat", "CREDIT", 1_000_000, Map.of());
        deliver(settled);
        deliver(settled);

        close();

        assertThat(closed("c-twice").getFirst().enforced()).isEqualTo(1_000_000);
    }

    private static Instant close() {
        String until = given().contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/reconciliation/windows/close")
                .then()
                .statusCode(200)
                .extract()
                .path("until");
        return Instant.parse(until);
    }

    private static void usage(String customer, String by, String key, String value) {
        given().queryParam(by, key)
                .get("/v1/customers/" + customer + "/usage")
                .then()
                .statusCode(200)
                .body("items[0].value", equalTo(value));
    }
}
