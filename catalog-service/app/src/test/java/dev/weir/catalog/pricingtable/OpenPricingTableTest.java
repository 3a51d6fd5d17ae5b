package dev.weir.catalog.pricingtable;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.catalog.OpenOnEmptyDatabase;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The pricing table where it is open to everyone, before anything is sold. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestProfile(OpenOnEmptyDatabase.class)
class OpenPricingTableTest {

    @Test
    void isReadWithoutAToken() {
        given().get("/v1/pricing-table")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("public"))
                .body("version", equalTo(0))
                .body("products", hasSize(0));
        given().get("/v1/catalog").then().statusCode(401);
    }
}
