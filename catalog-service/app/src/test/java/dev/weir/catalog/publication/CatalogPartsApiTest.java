package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.publish;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.Documents;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the catalog in force, one by one. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class CatalogPartsApiTest {

    @ParameterizedTest
    @CsvSource({
        "credit-units, ai-credits",
        "meters, completions",
        "features, api-calls",
        "products, assistant",
        "plans, pro",
        "addons, extra-calls"
    })
    void listsAPartAndGetsOneOfIt(String part, String key) {
        publish(Documents.example());

        Response list = given().queryParam("limit", 500).get("/v1/catalog/" + part);

        list.then().statusCode(200).body("items.key", hasItems(key)).body("next", nullValue());
        given().get("/v1/catalog/" + part + "/" + key).then().statusCode(200).body("key", equalTo(key));
    }

    @Test
    void listsFeatureGroupsAndCoupons() {
        publish(Documents.everything());

        given().get("/v1/catalog/feature-groups").then().body("items.key", contains("insight", "security"));
        given().get("/v1/catalog/feature-groups/security")
                .then()
                .body("name", equalTo("Security"))
                .body("features", contains("sso", "audit-log"));
        given().get("/v1/catalog/coupons").then().body("items.key", contains("friends", "launch", "sorry"));
        given().get("/v1/catalog/coupons/launch")
                .then()
                .body("percentOff", equalTo("20"))
                .body("duration", equalTo("REPEATING"))
                .body("months", equalTo(3));
    }

    @Test
    void listsByPages() {
        publish(Documents.example());

        Response page = given().queryParam("limit", 1).get("/v1/catalog/plans");

        page.then().body("items.key", contains("base")).body("next", notNullValue());
        given().queryParam("after", page.jsonPath().getString("next"))
                .get("/v1/catalog/plans")
                .then()
                .body("items.key", contains("pro"))
                .body("next", nullValue());
    }

    @Test
    void listsTheVersionsOfAPlanTheLatestFirst() {
        publish(Documents.example("49.00", "90.01"));
        publish(Documents.example("49.00", "90.02"));

        Response page = given().queryParam("limit", 1).get("/v1/catalog/plans/pro/versions");

        int latest = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");
        page.then()
                .body("items", hasSize(1))
                .body("items[0].version", equalTo(latest))
                .body("items[0].hash", notNullValue())
                .body("items[0].catalogVersion", greaterThan(0));
        given().queryParam("limit", 1)
                .queryParam("after", page.jsonPath().getString("next"))
                .get("/v1/catalog/plans/pro/versions")
                .then()
                .body("items[0].version", equalTo(latest - 1));
        given().get("/v1/catalog/addons/extra-calls/versions").then().body("items.version", hasItems(1));
    }

    @Test
    void listsPricesAsTheyAreInACountry() {
        publish(Documents.everything());
        int team = given().get("/v1/catalog/plans/team").jsonPath().getInt("version");
        String prices = "/v1/catalog/plans/team/versions/" + team + "/prices";

        given().get(prices).then().body("items", hasSize(10)).body("items.plan", everyItem(equalTo("team")));
        given().queryParam("currency", "EUR")
                .queryParam("country", "DE")
                .get(prices + "/platform-fee")
                .then()
                .body("price.amount", equalTo("47.00"))
                .body("price.currency", equalTo("EUR"))
                .body("charge.prices", hasSize(4));
        given().get(prices + "/platform-fee").then().body("price.amount", equalTo("49.00"));
        given().queryParam("limit", 500)
                .queryParam("currency", "GBP")
                .get("/v1/catalog/prices")
                .then()
                .body("items.key", hasItems("setup", "platform-fee", "more-requests"))
                .body("items.find { it.key == 'platform-fee' }.price.amount", equalTo("39.00"));
        given().queryParam("addon", "more-requests")
                .get("/v1/catalog/prices")
                .then()
                .body("items.addon", contains("more-requests"));
        given().queryParam("plan", "free").get("/v1/catalog/prices").then().body("items", hasSize(0));
        given().get("/v1/catalog/addons/more-requests/versions/1/prices/more-requests")
                .then()
                .body("price.amount", equalTo("5.00"));
    }

    @Test
    void aRetiredPlanKeepsItsVersions() {
        publish(Documents.example());
        publish(Documents.everything());

        given().get("/v1/catalog/plans").then().body("items.key", containsInAnyOrder("free", "base", "team"));
        given().get("/v1/catalog/plans/pro").then().statusCode(200).body("retired", equalTo(true));
        given().get("/v1/catalog/plans/pro/versions").then().statusCode(200).body("items", hasSize(greaterThan(0)));
    }
}
