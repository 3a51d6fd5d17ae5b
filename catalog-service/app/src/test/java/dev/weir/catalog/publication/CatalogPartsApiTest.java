package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.publish;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.Documents;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** The parts of the catalog in force, one by one. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class CatalogPartsApiTest {

    @Test
    void listsFeaturesMetersAndPlansByPages() {
        publish(Documents.example());

        given().get("/v1/catalog/features").then().body("items.key", hasItems("api-calls", "chat", "sso"));
        given().get("/v1/catalog/meters").then().body("items.key", hasItems("completions", "seats"));
        Response page = given().queryParam("limit", 1).get("/v1/catalog/plans");
        page.then().body("items.key", contains("base")).body("next", notNullValue());
        given().queryParam("after", page.jsonPath().getString("next"))
                .get("/v1/catalog/plans")
                .then()
                .body("items.key", contains("pro"))
                .body("next", nullValue());
        given().get("/v1/catalog/plans/gold").then().statusCode(404).body("code", equalTo("UNKNOWN_PLAN"));
        given().get("/v1/catalog/plans/pro/versions/999").then().statusCode(404);
    }
}
