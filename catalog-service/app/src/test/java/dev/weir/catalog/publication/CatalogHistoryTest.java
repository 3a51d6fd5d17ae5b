package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.inForceVersion;
import static dev.weir.catalog.CatalogCalls.publish;
import static dev.weir.catalog.CatalogCalls.yaml;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** Who published what, when and why; and the way back. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class CatalogHistoryTest {

    @Test
    void keepsTheHistory() {
        publish(Documents.example("49.00", "12.00"));
        long version = publish(Documents.example());

        Response page = given().queryParam("limit", 1).get("/v1/catalog/versions");

        page.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].version", equalTo((int) version))
                .body("items[0].publishedBy", equalTo("ada"))
                .body("items[0].publishedAt", notNullValue())
                .body("items[0].diff[0].key", equalTo("pro"))
                .body("items[0].document", nullValue())
                .body("next", notNullValue());
        given().queryParam("limit", 1)
                .queryParam("after", page.jsonPath().getString("next"))
                .get("/v1/catalog/versions")
                .then()
                .body("items[0].version", equalTo((int) version - 1));
        given().get("/v1/catalog/versions/" + version)
                .then()
                .statusCode(200)
                .body("document.plans.pro.extends", equalTo("base"));
        given().get("/v1/catalog/versions/999999").then().statusCode(404);
    }

    @Test
    void theSameDocumentForAllCustomersIsAPublicationOfItsOwn() {
        publish(Documents.example("49.00", "33.00"));
        long version = publish(Documents.example());

        Response answer =
                yaml(Documents.example()).queryParam("rollout", "ALL_CUSTOMERS").put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .body("version", equalTo((int) version + 1))
                .body("rollout", equalTo("ALL_CUSTOMERS"))
                .body("diff", empty());
        assertThat(OutboxProbe.facts("catalog.rolled-out"))
                .as("a fact, since the state is conflated with later ones")
                .filteredOn(fact -> fact.id().equals("rollout:" + (version + 1)))
                .singleElement()
                .satisfies(fact ->
                        assertThat(fact.bodyAs(CatalogInForce.class).rollout()).isEqualTo(Rollout.ALL_CUSTOMERS));
        yaml(Documents.example())
                .queryParam("rollout", "ALL_CUSTOMERS")
                .put("/v1/catalog")
                .then()
                .body("changed", equalTo(false));
        yaml(Documents.example())
                .queryParam("rollout", "SOME")
                .put("/v1/catalog")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("rollout"));
    }

    @Test
    @TestSecurity(
            user = "ada",
            roles = {"catalog-admin", "platform"})
    void saysOneInstantEverywhere() {
        long version = publish(Documents.example("49.00", "26.00"));

        String inHistory =
                given().get("/v1/catalog/versions/" + version).jsonPath().getString("publishedAt");

        given().get("/internal/v1/catalog-in-force").then().body("publishedAt", equalTo(inHistory));
    }

    @Test
    void saysWhy() {
        publish(Documents.example());

        Response answer = yaml(Documents.example("49.00", "52.00"))
                .queryParam("reason", " The price of power. ")
                .put("/v1/catalog");

        answer.then().statusCode(200).body("reason", equalTo("The price of power."));
        given().get("/v1/catalog/versions/" + inForceVersion())
                .then()
                .body("publishedBy", equalTo("ada"))
                .body("reason", equalTo("The price of power."))
                .body("reapplied", nullValue());
        yaml(Documents.example("49.00", "53.00"))
                .queryParam("reason", "x".repeat(1_001))
                .put("/v1/catalog")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("reason"));
    }

    @Test
    void rollsBackToAnEarlierVersion() {
        long earlier = publish(Documents.example("49.00", "41.00"));
        String then = given().get("/v1/catalog").asString();
        int proThen = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");
        long current = publish(Documents.example("49.00", "42.00"));

        Response dry = given().queryParam("dryRun", true).post("/v1/catalog/versions/" + earlier + "/apply");
        Response back = given().queryParam("reason", "a slip")
                .header("If-Match", "\"" + current + "\"")
                .post("/v1/catalog/versions/" + earlier + "/apply");

        dry.then()
                .statusCode(200)
                .header("ETag", "\"" + current + "\"")
                .body("dryRun", equalTo(true))
                .body("diff[0].generosity", equalTo("MORE"));
        back.then()
                .statusCode(200)
                .body("version", equalTo((int) current + 1))
                .body("diff[0].fields[0].to", equalTo("41.00"))
                .body("plans.pro.version", equalTo(proThen));
        assertThat(given().get("/v1/catalog").asString()).isEqualTo(then);
        given().get("/v1/catalog/versions/" + (current + 1))
                .then()
                .body("reapplied", equalTo((int) earlier))
                .body("reason", equalTo("a slip"));
        given().post("/v1/catalog/versions/" + (current + 1) + "/apply")
                .then()
                .statusCode(200)
                .body("changed", equalTo(false));
        given().post("/v1/catalog/versions/999999/apply")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CATALOG_VERSION"));
        given().header("If-Match", "\"" + current + "\"")
                .post("/v1/catalog/versions/" + earlier + "/apply")
                .then()
                .statusCode(412);
    }

    @Test
    void aRollBackThatIsRepeatedIsDoneOnce() {
        long earlier = publish(Documents.example("49.00", "31.00"));
        publish(Documents.example("49.00", "32.00"));
        String path = "/v1/catalog/versions/" + earlier + "/apply";
        Response first = given().header("Idempotency-Key", "back-1").post(path);
        long version = publish(Documents.example("49.00", "33.00"));

        Response again = given().header("Idempotency-Key", "back-1").post(path);

        again.then().statusCode(200).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(inForceVersion()).isEqualTo(version);
    }

    @Test
    @TestSecurity(user = "otto", roles = "operator")
    void onlyACatalogAdminRollsBack() {
        given().post("/v1/catalog/versions/1/apply").then().statusCode(403);
    }

    @Test
    void comparesAnyTwoVersions() {
        long from = publish(Documents.example("49.00", "21.00"));
        publish(Documents.example("49.00", "22.00"));
        long to = publish(Documents.example("49.00", "23.00"));

        given().queryParam("from", from)
                .get("/v1/catalog/diff")
                .then()
                .statusCode(200)
                .body("to", equalTo((int) to))
                .body("diff[0].fields[0].from", equalTo("21.00"))
                .body("diff[0].fields[0].to", equalTo("23.00"));
        given().queryParam("from", to)
                .queryParam("to", from)
                .get("/v1/catalog/diff")
                .then()
                .body("diff[0].generosity", equalTo("MORE"));
        given().queryParam("from", 0)
                .queryParam("to", to)
                .get("/v1/catalog/diff")
                .then()
                .body("diff.change", everyItem(equalTo("ADDED")));
        given().queryParam("from", from)
                .accept("text/plain")
                .get("/v1/catalog/diff")
                .then()
                .contentType(startsWith("text/plain"))
                .body(containsString("21.00 -> 23.00"));
        given().queryParam("from", 999_999).get("/v1/catalog/diff").then().statusCode(404);
        given().get("/v1/catalog/diff").then().statusCode(400).body("errors[0].field", equalTo("from"));
    }
}
