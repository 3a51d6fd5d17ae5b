package dev.weir.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.gateway.StubServices.Reply;
import dev.weir.gateway.routing.domain.Route;
import dev.weir.gateway.routing.domain.RouteTable;
import dev.weir.gateway.upstream.domain.Target;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(StubServices.class)
class RoutingTest extends EdgeTest {
    private static final List<String> ROLES = List.of("catalog-admin", "operator", "product", "finance", "platform");

    static Stream<Route> guarded() {
        return RouteTable.routes().stream().filter(route -> !route.roles().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void letsInWhomTheTableNamesAndNobodyElse(Route route) {
        String method = route.methods().iterator().next();
        String path = example(route);
        services.on(method, path, Reply.json(200, Map.of("served", true)));

        for (String role : ROLES) {
            Response response = as(role).body("{}").request(method, path);

            boolean mayCall = route.roles().contains(role);
            assertThat(response.statusCode() == 403)
                    .as(method + " " + path + " as " + role)
                    .isEqualTo(!mayCall);
            if (!mayCall) {
                assertThat(response.jsonPath().getString("code")).isEqualTo("FORBIDDEN");
            }
        }
        boolean passedOn = route.target() != Target.GATEWAY && route.target() != Target.BILLING;
        assertThat(services.received(method, path))
                .hasSize(passedOn ? route.roles().size() : 0);
        given().contentType("application/json").request(method, path).then().statusCode(401);
    }

    @Test
    void refusesTokensThatAreMissingForgedOrOver() {
        String forged = services.token("product") + "x";
        String over = services.token(Instant.now().minusSeconds(60), "product");

        for (String header : List.of("Bearer " + forged, "Bearer " + over, "Bearer nonsense", "")) {
            given().header("Authorization", header)
                    .contentType("application/json")
                    .body("{}")
                    .post("/v1/events")
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", equalTo("Bearer"))
                    .body("code", equalTo("UNAUTHENTICATED"));
        }
        assertThat(services.received("POST", "/v1/events")).isEmpty();
    }

    @Test
    void passesEverythingOn() {
        services.on(
                "POST",
                "/v1/events",
                request -> new Reply(
                        202,
                        Map.of("Content-Type", "text/plain", "X-Service", "metering"),
                        "got " + request.body().length(),
                        java.time.Duration.ZERO));
        String body = "e".repeat(300_000);

        as("product")
                .urlEncodingEnabled(false)
                .header("X-Request-Id", "r-1")
                .header("Idempotency-Key", "k")
                .body(body)
                .post("/v1/events?a=1&b=%2F")
                .then()
                .statusCode(202)
                .header("X-Service", "metering")
                .header("X-Request-Id", "r-1")
                .body(equalTo("got 300000"));

        StubServices.Request received = services.received("POST", "/v1/events").getFirst();
        assertThat(received.query()).isEqualTo("a=1&b=%2F");
        assertThat(received.headers()).containsEntry("x-request-id", "r-1").containsEntry("idempotency-key", "k");
        assertThat(received.headers().get("authorization")).startsWith("Bearer ey");
    }

    @Test
    void makesARequestIdWhereThereIsNone() {
        services.on("GET", "/v1/catalog", Reply.json(200, Map.of()));

        as("operator").get("/v1/catalog").then().statusCode(200).header("X-Request-Id", notNullValue());
    }

    @Test
    void aServiceThatIsNotThereIsAskedForAgain() {
        as("finance")
                .get("/v1/finance/report")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("UPSTREAM_UNAVAILABLE"));
    }

    @Test
    void nothingIsPassedOnThatIsNotInTheTable() {
        as(ROLES.toArray(String[]::new))
                .get("/internal/v1/customers/a/snapshot")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
        as("product").get("/v1/customers/../../internal/v1/x").then().statusCode(404);
        as("product").delete("/v1/check").then().statusCode(405).header("Allow", "POST");
    }

    @Test
    void theStartPageIsPublic() {
        given().get("/").then().statusCode(200).contentType("text/html");
    }

    private static String example(Route route) {
        return route.path().replaceAll("\\{[a-z]+}", "abc").replace("/**", "/x").replaceAll("grants/x$", "grants");
    }
}
