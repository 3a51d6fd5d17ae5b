package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk import: item by item, repeatable, and bounded. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class ImportTest {
    private final String customer = "i-" + UUID.randomUUID();

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void importsACustomerWithAllItHasOnce() {
        String item = "{'customer':'" + customer + "','name':'Acme','country':'DE',"
                + "'subscriptions':[{'key':'main','plan':'pro','version':1,'start':'2026-01-10T00:00:00Z',"
                + "'addons':[{'addon':'extra-calls','quantity':2}]}],"
                + "'promotions':[{'key':'p1','feature':'sso','entitlement':{},'reason':'moved'},"
                + "{'key':'p2','credits':{'unit':'ai-credits','amount':'12'},'reason':'balance'}],"
                + "'overrides':[{'key':'o1','feature':'api-calls','entitlement':{'limit':'77','every':'P1M'},'reason':'deal'}],"
                + "'priceOverrides':[{'key':'x','plan':'pro','charge':'platform-fee','reason':'deal',"
                + "'price':{'model':'FLAT','currency':'USD','amount':'9.00'}}]}";

        String id = post("[" + item + "]")
                .statusCode(200)
                .body("created", equalTo(1), "items[0].status", equalTo("CREATED"), "items[0].made", hasSize(5))
                .extract()
                .path("items[0].made[0].id");
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id)
                .then()
                .body("start", equalTo("2026-01-10T00:00:00Z"), "addons[0].quantity", equalTo(2));
        long version = Api.published(customer).version();

        post("[" + item + "]")
                .body("unchanged", equalTo(1), "items[0].status", equalTo("UNCHANGED"))
                .body("items[0].made[0].id", equalTo(id));

        assertThat(Api.published(customer).version()).isEqualTo(version);
        post("[" + item.replace("'Acme'", "'Acme 2'") + "]").body("items[0].status", equalTo("UPDATED"));
        post("[" + item.replace("'quantity':2", "'quantity':3") + "]")
                .body("items[0].status", equalTo("REJECTED"), "items[0].code", equalTo("IMPORT_KEY_REUSED"))
                .body("items[0].errors.field", contains("subscriptions[0].key"));
    }

    @Test
    void aBadItemSpoilsNoOther() {
        String good = "i-" + UUID.randomUUID();

        post("[{'customer':'" + customer + "','subscriptions':[{'key':'k','plan':'gold'}]},{'customer':'" + good
                        + "'},7,"
                        + "{'customer':'x','color':1},{'customer':'" + customer
                        + "','subscriptions':[{'key':'a','plan':'pro'},{'key':'b','plan':'base'}]}]")
                .statusCode(200)
                .body("created", equalTo(1), "rejected", equalTo(4))
                .body("items.status", contains("REJECTED", "CREATED", "REJECTED", "REJECTED", "REJECTED"))
                .body(
                        "items.code",
                        contains("UNKNOWN_PLAN", null, "MALFORMED_BODY", "UNKNOWN_FIELD", "SUBSCRIPTION_EXISTS"))
                .body("items[0].errors.field", contains("subscriptions[0].plan"))
                .body("items[4].errors.field", contains("subscriptions[1]"));

        given().get("/v1/customers/{c}", good).then().statusCode(200);
        given().get("/v1/customers/{c}", customer).then().statusCode(404);
    }

    @Test
    void takesLinesToo() {
        String other = "i-" + UUID.randomUUID();

        given().contentType("application/x-ndjson")
                .body(("{\"customer\":\"" + customer + "\"}\n\n{\"customer\":\n{\"customer\":\"" + other + "\"}\n")
                        .getBytes(StandardCharsets.UTF_8))
                .post("/v1/customers/import")
                .then()
                .statusCode(200)
                .body("items.status", contains("CREATED", "REJECTED", "CREATED"));
    }

    @Test
    void isBounded() {
        post("[" + "{},".repeat(1000) + "{}]").statusCode(413).body("code", equalTo("PAYLOAD_TOO_LARGE"));
        post("[{'customer':'" + "x".repeat(5_000_001) + "'}]")
                .statusCode(413)
                .body("code", equalTo("PAYLOAD_TOO_LARGE"), "detail", notNullValue());
        post("[]").statusCode(400).body("code", equalTo("MALFORMED_BODY"));
        post("{}").statusCode(400).body("code", equalTo("MALFORMED_BODY"));
        post("[{]").statusCode(400).body("code", equalTo("MALFORMED_BODY"));
    }

    private static ValidatableResponse post(String body) {
        return Api.post("/v1/customers/import", body.replace('\'', '"'));
    }
}
