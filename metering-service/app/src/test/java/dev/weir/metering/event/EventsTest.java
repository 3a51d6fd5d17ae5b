package dev.weir.metering.event;

import static dev.weir.metering.Service.call;
import static dev.weir.metering.Service.event;
import static dev.weir.metering.Service.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.metering.Service;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "app", roles = Roles.PRODUCT)
class EventsTest {

    private static final String ONE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
    }

    @Test
    void takesOneEventAndKnowsItAgain() {
        String event = call("events-1", "one", Instant.now());
        post(ONE, event).statusCode(200).body("accepted", equalTo(1), "duplicates", equalTo(0), "rejected", empty());

        post("application/json", event).statusCode(200).body("accepted", equalTo(0), "duplicates", equalTo(1));
    }

    @Test
    void answersABatchByItem() {
        String good = call("events-2", "good", null);
        String old = call("events-2", "old", Instant.now().minus(Duration.ofDays(36)));
        String early = call("events-2", "early", Instant.now().plus(Duration.ofMinutes(10)));
        String bad = "{\"id\":\"bad\"}";
        String conflict = event("events-2", "good", "api.request", null, "{\"path\":\"/other\"}");

        post(BATCH, "[" + String.join(",", good, good, old, early, bad, conflict) + "]")
                .statusCode(200)
                .body("accepted", equalTo(1), "duplicates", equalTo(1))
                .body("rejected.index", contains(2, 3, 4, 5))
                .body("rejected.code", contains("TOO_OLD", "IN_FUTURE", "MALFORMED_EVENT", "EVENT_CONFLICT"));
    }

    @Test
    void aKnownEventWithOtherContentIsAConflict() {
        post(ONE, event("events-3", "c", "seats.set", null, "{\"seats\":3}")).body("accepted", equalTo(1));

        post(ONE, event("events-3", "c", "seats.set", null, "{\"seats\":4}"))
                .statusCode(200)
                .body("rejected.code", contains("EVENT_CONFLICT"));
    }

    @Test
    void takesLines() {
        String body = call("events-4", "a", null) + "\n" + "no json\n" + call("events-4", "b", null) + "\n";

        post("application/x-ndjson", body)
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("rejected.index", contains(1));
    }

    @Test
    void aMalformedEventIsAProblemThatNamesItsFaults() {
        post(ONE, "{\"id\":\"x\",\"type\":\"api.request\",\"subject\":\"no customer!\"}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("MALFORMED_EVENT"))
                .body("errors.field", contains("source", "subject"));
    }

    @Test
    void aValueThatTheMeterNeedsMustBeANumber() {
        post(ONE, event("events-5", "s", "seats.set", null, "{\"seats\":\"NaN\"}"))
                .statusCode(400)
                .body("code", equalTo("MALFORMED_EVENT"));
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        post(ONE, "{").statusCode(400).body("code", equalTo("MALFORMED_EVENT"), "detail", notNullValue());
        post(BATCH, call("events-5", "b", null)).statusCode(400).body("code", equalTo("MALFORMED_EVENT"));
    }

    @Test
    @TestSecurity(user = "fin", roles = Roles.FINANCE)
    void onlyProductAndOperatorReport() {
        post(ONE, call("events-6", "x", null)).statusCode(403).body("code", equalTo("FORBIDDEN"));
    }

    @Test
    void listsEventsLatestFirst() {
        Instant now = Instant.now();
        post(
                BATCH,
                "[" + call("events-7", "1", now.minusSeconds(30)) + "," + call("events-7", "2", now.minusSeconds(20))
                        + "," + call("events-7", "3", now.minusSeconds(10)) + "]");

        String next = given().queryParam("limit", 2)
                .get("/v1/customers/events-7/events")
                .then()
                .statusCode(200)
                .body("items.id", contains("3", "2"))
                .extract()
                .path("next");

        given().queryParam("limit", 2)
                .queryParam("after", next)
                .get("/v1/customers/events-7/events")
                .then()
                .body("items.id", contains("1"), "items", hasSize(1), "items.source", hasItem("/app"));
    }
}
