package dev.weir.metering.usage;

import static dev.weir.metering.Service.call;
import static dev.weir.metering.Service.deliver;
import static dev.weir.metering.Service.event;
import static dev.weir.metering.Service.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.metering.Fixtures;
import dev.weir.metering.Service;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "app", roles = Roles.PRODUCT)
class UsageTest {

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final Instant HOUR =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(3_600);

    @BeforeEach
    void catalog() {
        Service.catalogInForce();
    }

    @Test
    void seesWhatWasAcceptedAMomentAgo() {
        deliver(Fixtures.onPro("u-now"));
        post(BATCH, "[" + call("u-now", "n1", null) + "," + call("u-now", "n2", null) + "]");

        given().queryParam("feature", "api-calls")
                .get("/v1/customers/u-now/usage")
                .then()
                .statusCode(200)
                .body("items", hasSize(1), "items[0].value", equalTo("2"));
    }

    @Test
    void groupsByWindowAndField() {
        deliver(Fixtures.onPro("u-group"));
        post(
                BATCH,
                "[" + event("u-group", "p1", "api.request", HOUR.plusSeconds(1), "{\"path\":\"/a\"}") + ","
                        + event("u-group", "p2", "api.request", HOUR.plusSeconds(2), "{\"path\":\"/b\"}") + ","
                        + event("u-group", "p3", "api.request", HOUR.plusSeconds(120), "{\"path\":\"/b\"}") + "]");

        given().queryParam("meter", "api-calls")
                .queryParam("from", HOUR.toString())
                .queryParam("window", "MINUTE")
                .queryParam("groupBy", "path")
                .get("/v1/customers/u-group/usage")
                .then()
                .statusCode(200)
                .body("items.group.path", contains("/a", "/b", "/b"))
                .body("items.value", contains("1", "1", "1"))
                .body("items[2].from", equalTo(HOUR.plusSeconds(120).toString()));
    }

    @Test
    void uniqueIsCountedOverTheAskedSpan() {
        deliver(Fixtures.onPro("u-unique"));
        post(
                BATCH,
                "[" + event("u-unique", "q1", "user.seen", HOUR, "{\"userId\":\"a\"}") + ","
                        + event("u-unique", "q2", "user.seen", HOUR.plusSeconds(3_600), "{\"userId\":\"a\"}") + ","
                        + event("u-unique", "q3", "user.seen", HOUR.plusSeconds(3_601), "{\"userId\":\"b\"}") + "]");

        given().queryParam("feature", "active-users")
                .queryParam("from", HOUR.toString())
                .queryParam("window", "HOUR")
                .get("/v1/customers/u-unique/usage")
                .then()
                .body("items.value", contains("1", "2"));
    }

    @Test
    void periodsAreThoseOfTheFeature() {
        deliver(Fixtures.onPro("u-period"));
        post(BATCH, "[" + call("u-period", "d1", HOUR) + "]");
        Instant from = HOUR.minusSeconds(86_400);

        given().queryParam("feature", "api-calls")
                .queryParam("from", from.toString())
                .queryParam("window", "PERIOD")
                .get("/v1/customers/u-period/usage")
                .then()
                .statusCode(200)
                .body("items.value", contains("1"));
    }

    @Test
    void unknownCustomerFeatureAndMeterHaveTheirOwnCodes() {
        deliver(Fixtures.onPro("u-known"));

        given().queryParam("feature", "api-calls")
                .get("/v1/customers/u-nobody/usage")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
        given().queryParam("feature", "nothing")
                .get("/v1/customers/u-known/usage")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_FEATURE"));
        given().queryParam("meter", "nothing")
                .get("/v1/customers/u-known/usage")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_METER"));
        given().get("/v1/customers/u-known/usage").then().statusCode(400).body("code", equalTo("REQUIRED"));
        given().queryParam("to", "+999999999-12-31T23:59:59Z")
                .get("/v1/customers/u-known/usage?feature=api-calls")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("to"));
    }
}
