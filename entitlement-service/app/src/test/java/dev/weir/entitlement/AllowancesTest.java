package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class AllowancesTest {
    @Inject
    CatalogReadModel catalog;

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void aPromotionRaisesTheLimitUntilItIsEnded() {
        String customer = Api.customer();
        Api.subscription(customer, "{\"plan\":\"pro\"}");
        String id = Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":\"500\",\"effect\":\"INCREMENT\"},"
                                + "\"reason\":\"spring\"}",
                        customer)
                .statusCode(201)
                .header("Weir-Snapshot-Version", "3")
                .body("entitlement.every", equalTo("P1M"), "entitlement.limit", equalTo("500"))
                .body("createdBy", equalTo("olga"))
                .extract()
                .path("id");
        assertThat(resolved(customer, "api-calls").limit()).isEqualByComparingTo("10500");

        given().delete("/v1/customers/{c}/promotions/{id}", customer, id)
                .then()
                .statusCode(200)
                .header("Weir-Snapshot-Version", "4")
                .body("endedAt", notNullValue());
        given().delete("/v1/customers/{c}/promotions/{id}", customer, id)
                .then()
                .statusCode(200)
                .header("Weir-Snapshot-Version", "4");

        assertThat(resolved(customer, "api-calls").limit()).isEqualByComparingTo("10000");
        given().get("/v1/customers/{c}/promotions", customer).then().body("items", hasSize(1));
        given().get("/v1/customers/{c}/overrides", customer).then().body("items", hasSize(0));
    }

    @Test
    void anOverrideMayRevoke() {
        String customer = Api.customer();
        Api.subscription(customer, "{\"plan\":\"pro\"}");

        Api.post("/v1/customers/{c}/overrides", "{\"feature\":\"sso\",\"revoke\":true,\"reason\":\"abuse\"}", customer)
                .statusCode(201)
                .body("revoke", equalTo(true));

        assertThat(resolved(customer, "sso").granted()).isFalse();
    }

    @Test
    void aFeatureOutsideAnyPlanCanBePromoted() {
        String customer = Api.customer();

        Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"feature\":\"max-context\",\"entitlement\":{\"value\":64000},\"reason\":\"beta\"}",
                        customer)
                .statusCode(201);

        assertThat(resolved(customer, "max-context").value()).isEqualTo("64000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "promotions|{}|400|REQUIRED|feature",
                "promotions|{\"feature\":\"sso\",\"entitlement\":{}}|400|REQUIRED|reason",
                "promotions|{\"feature\":\"sso\",\"reason\":\"r\"}|400|REQUIRED|entitlement",
                "promotions|{\"feature\":\"sso\",\"revoke\":true,\"reason\":\"r\"}|400|UNKNOWN_FIELD|revoke",
                "promotions|{\"feature\":\"sso\",\"entitlement\":{\"limit\":1},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.limit",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":-1},\"reason\":\"r\"}|400|INVALID_QUANTITY|entitlement.limit",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":\"1.5\"},\"reason\":\"r\"}|400|INVALID_QUANTITY|entitlement.limit",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":\"many\"},\"reason\":\"r\"}|400|INVALID_QUANTITY|entitlement.limit",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":1e999999999},\"reason\":\"r\"}|400|INVALID_QUANTITY|entitlement.limit",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":1,\"every\":\"monthly\"},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.every",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":1,\"every\":\"P1Y\",\"effect\":\"INCREMENT\"},\"reason\":\"r\"}|400|INCREMENT_PERIOD_MISMATCH|entitlement.every",
                "promotions|{\"feature\":\"seats\",\"entitlement\":{\"limit\":1,\"every\":\"P1M\"},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.every",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":1,\"overageCap\":5},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.overageCap",
                "promotions|{\"feature\":\"api-calls\",\"entitlement\":{\"limit\":1,\"then\":{\"unit\":\"gold\",\"per\":1}},\"reason\":\"r\"}|400|UNKNOWN_UNIT|entitlement.then.unit",
                "promotions|{\"feature\":\"support-tier\",\"entitlement\":{\"value\":\"butler\"},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.value",
                "promotions|{\"feature\":\"max-context\",\"entitlement\":{\"value\":\"much\"},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.value",
                "promotions|{\"feature\":\"max-context\",\"entitlement\":{},\"reason\":\"r\"}|400|REQUIRED|entitlement.value",
                "promotions|{\"feature\":\"chat\",\"entitlement\":{\"effect\":\"INCREMENT\"},\"reason\":\"r\"}|400|INVALID_VALUE|entitlement.effect",
                "promotions|{\"feature\":\"sso\",\"entitlement\":{},\"from\":\"2026-02-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\",\"reason\":\"r\"}|400|INVALID_VALUE|to",
                "promotions|{\"feature\":\"sso\",\"entitlement\":{},\"to\":\"soon\",\"reason\":\"r\"}|400|INVALID_VALUE|to",
                "overrides|{\"feature\":\"sso\",\"entitlement\":{},\"revoke\":true,\"reason\":\"r\"}|400|INVALID_VALUE|entitlement",
                "overrides|{\"feature\":\"sso\",\"revoke\":false,\"reason\":\"r\"}|400|REQUIRED|entitlement",
            })
    void refusesABadOne(String path, String body, int status, String code, String field) {
        String customer = Api.customer();
        Api.subscription(customer, "{\"plan\":\"pro\"}");

        Api.post("/v1/customers/{c}/" + path, body, customer)
                .statusCode(status)
                .body("code", equalTo(code), "errors.field", hasItem(field));
        assertThat(Api.published(customer).version()).isEqualTo(2);
    }

    @Test
    void unknownFeaturesAndCustomersAreNotFound() {
        String body = "{\"feature\":\"%s\",\"entitlement\":{},\"reason\":\"r\"}";
        Api.post("/v1/customers/{c}/promotions", body.formatted("teleport"), Api.customer())
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_FEATURE"));
        Api.post("/v1/customers/{c}/promotions", body.formatted("sso"), "nobody")
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
        given().delete("/v1/customers/{c}/promotions/00000000-0000-7000-8000-000000000000", Api.customer())
                .then()
                .statusCode(404);
    }

    private ResolvedFeature resolved(String customer, String feature) {
        var snapshot = Api.published(customer);
        return Resolution.feature(snapshot, catalog, feature, null, snapshot.asOf())
                .orElseThrow();
    }
}
