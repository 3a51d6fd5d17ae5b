package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.yaml;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.catalog.Documents;
import dev.weir.catalog.OpenOnEmptyDatabase;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What holds before the first publication, and the first one; on a database of its own. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
@TestProfile(OpenOnEmptyDatabase.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstPublicationTest {

    @Test
    @Order(1)
    void beforeTheFirstPublicationTheDocumentIsOnlyItsHead() {
        Response answer = given().get("/v1/catalog");

        answer.then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("apiVersion", equalTo("weir.dev/v1"))
                .body("kind", equalTo("Catalog"))
                .body("size()", equalTo(2));
        given().get("/v1/catalog/plans").then().statusCode(200).body("items", empty());
    }

    @Test
    @Order(2)
    void aDryRunSaysWhatWouldBeAndChangesNothing() {
        Response answer = yaml(Documents.example()).queryParam("dryRun", true).put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("version", equalTo(1))
                .body("changed", equalTo(true))
                .body("dryRun", equalTo(true))
                .body("plans.pro.version", equalTo(1))
                .body("diff.find { it.kind == 'PLAN' && it.key == 'pro' }.change", equalTo("ADDED"));
        assertThat(OutboxProbe.states("catalog.catalog")).isEmpty();
    }

    @Test
    @Order(3)
    void publishesTheDocumentedExample() {
        Response answer = yaml(Documents.example()).put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Weir-Catalog-Version", "1")
                .body("version", equalTo(1))
                .body("changed", equalTo(true))
                .body("addons.extra-calls.version", equalTo(1));
        assertThat(OutboxProbe.states("catalog.plan-version"))
                .extracting(OutboxProbe.State::aggregateId)
                .containsExactly("base@1", "pro@1");
        assertThat(OutboxProbe.states("catalog.addon-version"))
                .extracting(OutboxProbe.State::aggregateId)
                .containsExactly("big-context@1", "credit-pack@1", "extra-calls@1");
        assertThat(OutboxProbe.states("catalog.catalog")).singleElement().satisfies(state -> {
            assertThat(state.version()).isEqualTo(1);
            assertThat(state.shard()).isEqualTo("00");
            assertThat(state.body().at("/plans/pro/hash").asText()).hasSize(64);
        });
    }
}
