package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.gateway.StubServices.Reply;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(StubServices.class)
class EstimateEdgeTest extends EdgeTest {

    @Test
    void tellsThePriceBeforeTheClick() {
        String customer = someone();
        exists(customer, 3, 10);

        estimate(Map.of("customer", customer, "feature", "chat", "dimensions", Map.of("tokens", 5)))
                .body("allowed", equalTo(true))
                .body("cost[0].unit", equalTo("ai-credits"))
                .body("cost[0].amount", equalTo("2.5"))
                .body("balanceAfter[0].available", equalTo("7.5"))
                .body("money", nullValue())
                .body("snapshotVersion", equalTo(3))
                .body("stale", equalTo(false));
        estimate(Map.of("customer", customer, "feature", "api-calls", "quantity", 11))
                .body("allowed", equalTo(false))
                .body("reason", equalTo("LIMIT_REACHED"))
                .body("remedy.shortBy", equalTo("1"));
        estimate(Map.of("customer", someone(), "feature", "chat", "quantity", 1))
                .body("reason", equalTo("UNKNOWN_CUSTOMER"));
    }

    @Test
    void asksMeteringWhatAnUnlimitedFeatureHasUsed() {
        String customer = someone();
        exists(customer, 1, 0);
        meteringSays(customer, "105");

        // The first hundred cost 0.02, the others 0.01.
        estimate(Map.of("customer", customer, "feature", "exports", "quantity", 3))
                .body("cost[0].kind", equalTo("UNLIMITED"))
                .body("money.amount", equalTo("0.03"))
                .body("money.currency", equalTo("USD"));
        entitlement(customer)
                .body("limit.unlimited", equalTo(true))
                .body("usage.used", equalTo("105"))
                .body("usage.remaining", nullValue());
        as("operator")
                .get("/v1/customers/{c}/entitlements", customer)
                .then()
                .statusCode(200)
                .body("items.find { it.feature == 'exports' }.usage.used", equalTo("105"));

        StubServices.Request asked =
                services.received("GET", "/v1/customers/" + customer + "/usage").getFirst();
        assertThat(asked.query()).contains("feature=exports").contains("from=");
        assertThat(asked.headers().get("authorization")).isEqualTo("Bearer service-token");
    }

    @Test
    void goesWithoutTheUsageThatMeteringCannotTell() {
        String customer = someone();
        exists(customer, 1, 0);
        services.on("GET", "/v1/customers/" + customer + "/usage", Reply.json(500, Map.of()));

        entitlement(customer).body("usage.used", nullValue()).body("usage.held", equalTo("0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"feature\":\"sso\"}|REQUIRED",
                "{\"customer\":\"a\"}|REQUIRED",
                "{\"customer\":\"-\",\"feature\":\"sso\"}|INVALID_KEY",
                "{\"customer\":\"a\",\"feature\":\"api-calls\",\"quantity\":\"much\"}|INVALID_QUANTITY",
                "{\"customer\":\"a\",\"feature\":\"tier\",\"value\":\"gold\"}|UNKNOWN_FIELD",
                "{\"customer\":|MALFORMED_BODY",
            })
    void refusesBadInput(String body, String code) {
        as("product")
                .body(body)
                .post("/v1/estimate")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    private void meteringSays(String customer, String value) {
        services.on(
                "GET",
                "/v1/customers/" + customer + "/usage",
                Reply.json(200, Map.of("items", List.of(Map.of("group", Map.of(), "value", value)))));
    }

    private ValidatableResponse estimate(Map<String, Object> body) {
        return as("product").body(body).post("/v1/estimate").then().statusCode(200);
    }

    private ValidatableResponse entitlement(String customer) {
        return as("product")
                .get("/v1/customers/{c}/entitlements/exports", customer)
                .then()
                .statusCode(200);
    }
}
