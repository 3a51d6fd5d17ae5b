package dev.weir.sample;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "olga", roles = "operator")
class WebTest {

    private static final String PROBLEM = "application/problem+json";

    @Inject
    DatabaseClock clock;

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    private static ValidatableResponse isProblem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType(PROBLEM)
                .body("code", equalTo(code))
                .body("status", equalTo(status));
    }

    @Test
    void createsAndPublishesInOneTransaction() {
        json("{\"id\":\"w1\",\"text\":\"hello\"}")
                .post("/v1/notes")
                .then()
                .statusCode(201)
                .body("version", equalTo(1));

        assertThat(OutboxProbe.states("sample.note"))
                .filteredOn(state -> state.aggregateId().equals("w1"))
                .singleElement()
                .satisfies(
                        state -> assertThat(state.body().get("text").asText()).isEqualTo("hello"));
    }

    @Test
    void namesAnUnknownField() {
        isProblem(
                        json("{\"id\":\"a\",\"text\":\"b\",\"nested\":{\"moot\":1}}")
                                .post("/v1/notes")
                                .then(),
                        400,
                        "UNKNOWN_FIELD")
                .body("errors[0].field", equalTo("nested.moot"))
                .body("type", equalTo("urn:weir:problem:unknown-field"));
    }

    @Test
    void namesAMalformedBodyAndABadValue() {
        isProblem(json("{\"id\":").post("/v1/notes").then(), 400, "MALFORMED_BODY");
        isProblem(
                        json("{\"id\":\"a\",\"text\":\"b\",\"nested\":{\"mood\":\"MAD\"}}")
                                .post("/v1/notes")
                                .then(),
                        400,
                        "INVALID_VALUE")
                .body("errors[0].field", equalTo("nested.mood"))
                .body("errors[0].detail", containsString("GLAD"));
        isProblem(
                        json("{\"id\":\"a\",\"text\":\"b\",\"copies\":\"many\"}")
                                .post("/v1/notes")
                                .then(),
                        400,
                        "INVALID_VALUE")
                .body("errors[0].field", equalTo("copies"));
        isProblem(json("[1]").post("/v1/notes").then(), 400, "INVALID_VALUE");
        isProblem(given().contentType("application/json").post("/v1/notes").then(), 400, "INVALID_REQUEST");
    }

    @Test
    void namesEveryInvalidField() {
        isProblem(
                        json("{\"id\":\"\",\"text\":\" \",\"copies\":-1}")
                                .post("/v1/notes")
                                .then(),
                        400,
                        "INVALID_REQUEST")
                .body("errors.field", hasItem("id"))
                .body("errors.field", hasItem("text"))
                .body("errors.code", hasItem("POSITIVE"))
                .body("errors", hasSize(3));
    }

    @Test
    @TestSecurity
    void refusesACallerWithoutAToken() {
        isProblem(given().get("/v1/notes").then(), 401, "UNAUTHENTICATED").header("WWW-Authenticate", "Bearer");
        isProblem(
                given().header("Authorization", "Bearer nonsense")
                        .get("/v1/notes")
                        .then(),
                401,
                "UNAUTHENTICATED");
    }

    @Test
    @TestSecurity(user = "fiona", roles = "finance")
    void refusesACallerWithoutTheRole() {
        isProblem(given().get("/v1/notes").then(), 403, "FORBIDDEN");
    }

    @Test
    void answersWrongPathsMethodsAndTypes() {
        isProblem(given().get("/v1/nothing").then(), 404, "NOT_FOUND");
        isProblem(given().delete("/v1/notes").then(), 405, "METHOD_NOT_ALLOWED");
        isProblem(given().contentType("text/plain").body("x").post("/v1/notes").then(), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void tellsARefusalButNothingOfTheInside() {
        isProblem(json("{\"id\":\"r\",\"text\":\"refuse\"}").put("/v1/notes/r").then(), 422, "REFUSED_TEXT")
                .body("limit", equalTo(5))
                .header("Retry-After", "1");
        isProblem(json("{\"id\":\"r\",\"text\":\"fail\"}").put("/v1/notes/r").then(), 500, "INTERNAL")
                .body("detail", not(containsString("secret")));
    }

    @Test
    void pagesByCursor() {
        for (int i = 0; i < 5; i++) {
            json("{\"id\":\"zz" + i + "\",\"text\":\"t\"}")
                    .post("/v1/notes")
                    .then()
                    .statusCode(201);
        }
        String first = given().queryParam("limit", 2)
                .queryParam("after", Cursor.encode("zz"))
                .get("/v1/notes")
                .then()
                .body("items.id", equalTo(List.of("zz0", "zz1")))
                .extract()
                .path("next");
        given().queryParam("limit", 3)
                .queryParam("after", first)
                .get("/v1/notes")
                .then()
                .body("items", hasSize(3))
                .body("next", nullValue());
        isProblem(given().queryParam("after", "%%%").get("/v1/notes").then(), 400, "INVALID_CURSOR");
        isProblem(given().queryParam("limit", 0).get("/v1/notes").then(), 400, "INVALID_VALUE");
    }

    @Test
    void aRepeatGetsTheFirstAnswer() {
        String body = "{\"id\":\"i1\",\"text\":\"once\"}";
        String first = json(body)
                .header("Idempotency-Key", "k1")
                .post("/v1/notes")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .extract()
                .asString();

        json("{ \"text\":\"once\",  \"id\":\"i1\"}")
                .header("Idempotency-Key", "k1")
                .post("/v1/notes")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Weir-Snapshot-Version", "7")
                .contentType("application/json")
                .body(equalTo(first));
        isProblem(
                json("{\"id\":\"i2\",\"text\":\"other\"}")
                        .header("Idempotency-Key", "k1")
                        .post("/v1/notes")
                        .then(),
                409,
                "IDEMPOTENCY_KEY_REUSED");
        isProblem(json(body).header("Idempotency-Key", "k2").post("/v1/notes").then(), 409, "NOTE_EXISTS");
    }

    @Test
    void aRefusalIsNotStored() {
        isProblem(
                json("{\"id\":\"n\",\"text\":\"refuse\"}")
                        .header("Idempotency-Key", "k3")
                        .put("/v1/notes/n")
                        .then(),
                422,
                "REFUSED_TEXT");

        json("{\"id\":\"n\",\"text\":\"fine\"}")
                .header("Idempotency-Key", "k3")
                .put("/v1/notes/n")
                .then()
                .statusCode(200);
    }

    @Test
    void ofManyConcurrentRepeatsOneTakesEffect() {
        var answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> json("{\"id\":\"c\",\"text\":\"same\"}")
                        .header("Idempotency-Key", "k4")
                        .put("/v1/notes/c")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<Integer>path("version")))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
    }

    @Test
    void theClockIsTheDatabases() {
        assertThat(Duration.between(clock.now(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void healthMetricsAndOpenApiAreThere() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200).body(containsString("weir_parked_messages"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/platform/parked-messages"));
    }
}
