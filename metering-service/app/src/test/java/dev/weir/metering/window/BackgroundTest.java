package dev.weir.metering.window;

import static dev.weir.metering.Service.call;
import static dev.weir.metering.Service.closed;
import static dev.weir.metering.Service.deliver;
import static dev.weir.metering.Service.post;
import static dev.weir.metering.Service.reportedTotals;
import static dev.weir.metering.Service.settled;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.metering.Database;
import dev.weir.metering.Fixtures;
import dev.weir.metering.Service;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.WatermarkPassed;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it runs: counting and closing in the background, and a local stack's faults allowed. */
@QuarkusTest
@TestProfile(BackgroundTest.Running.class)
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "demo",
        roles = {Roles.PRODUCT, Roles.FINANCE, Roles.PLATFORM})
class BackgroundTest {

    private static final String ONE = "application/cloudevents+json";
    private static final Duration SOON = Duration.ofSeconds(15);

    @Inject
    Database database;

    public static class Running implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "metering.worker.enabled", "true",
                    "metering.reclose.quiet", "PT0.2S",
                    "weir.local.faults", "true");
        }
    }

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
    }

    @Test
    void countsWithoutBeingAsked() {
        deliver(Fixtures.onPro("b-counts"));

        post(ONE, call("b-counts", "counts-1", null));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reportedTotals("b-counts")).hasSize(1));
    }

    @Test
    void closesAgainWhatChangesAfterARequestedClose() {
        deliver(Fixtures.onPro("b-again"));
        post(ONE, call("b-again", "again-1", null));
        given().post("/v1/reconciliation/windows/close").then().statusCode(200);

        post(ONE, call("b-again", "again-2", null));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(closed("b-again"))
                        .extracting(WindowClosed::reported)
                        .containsExactly(1L, 2L));
    }

    @Test
    void closesLateUsageBehindTheWatermark() {
        deliver(Fixtures.onPro("b-late"));

        post(ONE, call("b-late", "late-1", Instant.now().minus(Duration.ofHours(3))));

        await().atMost(SOON).untilAsserted(() -> assertThat(closed("b-late")).hasSize(1));
        assertThat(OutboxProbe.facts("metering.watermark-passed").stream()
                        .map(fact -> fact.bodyAs(WatermarkPassed.class))
                        .filter(passed -> !passed.requested()))
                .hasSizeGreaterThanOrEqualTo(256);
    }

    @Test
    void losesExactlyOneSettledFactOnDemand() {
        deliver(Fixtures.onPro("b-lost"));
        given().post("/internal/v1/faults/lost-event").then().statusCode(204);
        ReservationSettled lost =
                settled("b-lost", "weir:reservation", "l1", "llm.completion", "chat", "CREDIT", 1_000_000, Map.of());
        deliver(lost);
        deliver(lost);

        deliver(settled("b-lost", "weir:reservation", "l2", "llm.completion", "chat", "CREDIT", 2_000_000, Map.of()));
        given().post("/v1/reconciliation/windows/close").then().statusCode(200);

        assertThat(closed("b-lost").getLast().enforced()).isEqualTo(2_000_000);
    }

    @Test
    void manyAtOnceNeitherLoseNorDoubleAnything() throws Exception {
        List<String> customers = List.of("b-many-0", "b-many-1", "b-many-2");
        customers.forEach(customer -> deliver(Fixtures.onPro(customer)));
        List<Callable<Object>> work = new ArrayList<>();
        for (int round = 0; round < 120; round++) {
            // Each call is posted by two of the rounds, and every third is settled as well.
            int first = round / 2 * 5;
            String customer = customers.get(round / 2 % customers.size());
            List<String> events = IntStream.range(first, first + 5)
                    .mapToObj(id -> call(customer, "many-" + id, null))
                    .toList();
            work.add(() -> post("application/json", events.toString()).statusCode(200));
            if (round % 2 == 0 && round / 2 % 3 == 0) {
                work.add(() -> {
                    deliver(settled(
                            customer,
                            "/app",
                            "many-" + first,
                            "api.request",
                            "api-calls",
                            "METERED",
                            1,
                            Map.of("path", "/a")));
                    return customer;
                });
            }
            if (round % 20 == 0) {
                work.add(() ->
                        given().post("/v1/reconciliation/windows/close").then().statusCode(200));
            }
        }
        Collections.shuffle(work, new Random(7));

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        given().post("/v1/reconciliation/windows/close").then().statusCode(200);

        for (String customer : customers) {
            assertThat(lastWindows(customer).mapToLong(WindowClosed::metered).sum())
                    .isEqualTo(100);
        }
        assertThat(lastWindows("b-many-0").mapToLong(WindowClosed::enforced).sum())
                .isEqualTo(20);
        assertThat(reportedTotals("b-many-0")).extracting(ReportedTotal::total).containsExactly(80L);
        assertThat(database.query("""
                        SELECT w.window_id FROM usage_window w WHERE (w.reported + w.enforced, w.event_count) IS DISTINCT FROM
                        (SELECT (sum(c.quantity)::bigint, count(*)) FROM counted_usage c WHERE c.window_id = w.window_id)
                        AND w.aggregation = 'COUNT' AND w.event_count > 0""", p -> {}, row -> row.getString(1))).isEmpty();
    }

    /** The last word on each window. */
    private static Stream<WindowClosed> lastWindows(String customer) {
        Map<UUID, WindowClosed> last = new HashMap<>();
        closed(customer).forEach(window -> last.put(window.windowId(), window));
        return last.values().stream();
    }

    @Test
    void whatCannotBeCountedIsSetAsideAndHoldsNothingUp() {
        deliver(Fixtures.onPro("b-faulty"));
        String type = "NO_SUCH_TYPE";
        deliver(settled("b-faulty", "weir:reservation", "f1", "llm.completion", "chat", type, 1, Map.of()));

        post(ONE, call("b-faulty", "f2", null));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reportedTotals("b-faulty")).hasSize(1));
        given().get("/v1/metering/status").then().body("faultyEvents", equalTo(1));
        database.update("DELETE FROM pending_usage", p -> {});
    }
}
