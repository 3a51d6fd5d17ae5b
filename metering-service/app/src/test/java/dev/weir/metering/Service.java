package dev.weir.metering;

import static io.restassured.RestAssured.given;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.WindowClosed;
import dev.weir.metering.window.app.MeteringWorker;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.arc.Arc;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the component tests do with the service. */
public final class Service {

    private static long catalogVersion = 1;

    private Service() {}

    /** Lets the catalog of the fixtures be in force. */
    public static void catalogInForce() {
        deliver(Fixtures.PRO);
        deliver(Fixtures.BASE);
        deliver(Fixtures.catalog(1));
    }

    public static void deliver(PlanVersion plan) {
        TestEvents.deliver(
                "dev.weir.catalog.plan-version.v1", plan.plan() + "@" + plan.version(), (long) plan.version(), plan);
    }

    public static void deliver(CatalogInForce catalog) {
        catalogVersion = Math.max(catalogVersion, catalog.version());
        TestEvents.deliver("dev.weir.catalog.catalog.v1", "catalog", catalog.version(), catalog);
    }

    public static void deliver(CustomerSnapshot snapshot) {
        TestEvents.deliver(
                "dev.weir.entitlement.customer-snapshot.v1", snapshot.customer(), snapshot.version(), snapshot);
    }

    public static void deliver(ReservationSettled settled) {
        TestEvents.deliver(
                "dev.weir.ledger.reservation-settled.v1",
                settled.customer(),
                settled.reservation() + ":settled",
                settled);
    }

    public static ValidatableResponse post(String contentType, String body) {
        return given().config(io.restassured.RestAssured.config()
                        .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(
                                        "application/cloudevents+json", io.restassured.http.ContentType.TEXT)
                                .encodeContentTypeAs(
                                        "application/cloudevents-batch+json", io.restassured.http.ContentType.TEXT)
                                .encodeContentTypeAs("application/x-ndjson", io.restassured.http.ContentType.TEXT)))
                .contentType(contentType)
                .body(body)
                .when()
                .post("/v1/events")
                .then();
    }

    public static String event(String customer, String id, String type, @Nullable Instant time, String data) {
        String at = time == null ? "" : "\"time\":\"" + time + "\",";
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/app\",\"type\":\"" + type
                + "\",\"subject\":\"" + customer + "\"," + at + "\"data\":" + data + "}";
    }

    public static String call(String customer, String id, @Nullable Instant time) {
        return event(customer, id, "api.request", time, "{\"path\":\"/a\"}");
    }

    public static String completion(String customer, String id, @Nullable Instant time) {
        return event(
                customer,
                id,
                "llm.completion",
                time,
                "{\"model\":\"large\",\"inputTokens\":1000,\"outputTokens\":200}");
    }

    /** The settlement of a reservation, with data as its dimensions. */
    public static ReservationSettled settled(
            String customer,
            String source,
            String id,
            String type,
            String feature,
            String featureType,
            long quantity,
            Map<String, Object> data) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        return new ReservationSettled(
                UUID.randomUUID(),
                customer,
                customer,
                null,
                source,
                id,
                type,
                data,
                Map.of(),
                now,
                feature,
                featureType,
                quantity,
                featureType.equals("CREDIT") ? 6 : 0,
                false,
                Fixtures.subscription(customer),
                "pro",
                1,
                Fixtures.PRO.hash(),
                null,
                null,
                "rates",
                hour,
                hour.plusSeconds(3_600),
                false,
                List.of());
    }

    /** Counts all that waits. */
    public static void workOff() {
        Arc.container().instance(MeteringWorker.class).get().workOff();
    }

    public static List<ReportedTotal> reportedTotals(String customer) {
        return OutboxProbe.states("metering.reported-total").stream()
                .map(state -> state.bodyAs(ReportedTotal.class))
                .filter(total -> total.customer().equals(customer))
                .toList();
    }

    public static List<WindowClosed> closed(String customer) {
        return OutboxProbe.facts("metering.window-closed").stream()
                .map(fact -> fact.bodyAs(WindowClosed.class))
                .filter(window -> window.customer().equals(customer))
                .toList();
    }
}
