package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.YAML;
import static dev.weir.catalog.CatalogCalls.inForceVersion;
import static dev.weir.catalog.CatalogCalls.publish;
import static dev.weir.catalog.CatalogCalls.yaml;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.Documents;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Applying a document and reading it back. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class CatalogApiTest {

    @Test
    void applyingTheSameDocumentTwiceChangesNothing() {
        long version = publish(Documents.example());

        Response answer = yaml(Documents.example()).put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .body("version", equalTo((int) version))
                .body("changed", equalTo(false))
                .body("diff", empty())
                .body("plans.pro.version", notNullValue());
        assertThat(inForceVersion()).isEqualTo(version);
    }

    @Test
    void applyingWhatWasReadChangesNothing() {
        long version = publish(Documents.example());
        String json = given().get("/v1/catalog").asString();
        String yaml = given().accept(YAML).get("/v1/catalog").asString();

        given().contentType(ContentType.JSON)
                .body(json)
                .put("/v1/catalog")
                .then()
                .statusCode(200)
                .body("changed", equalTo(false));
        yaml(yaml).put("/v1/catalog").then().statusCode(200).body("changed", equalTo(false));

        assertThat(inForceVersion()).isEqualTo(version);
    }

    @Test
    void aNewPriceMakesANewVersionAndLeavesTheOldOneReadable() {
        publish(Documents.example());
        int before = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");

        Response answer = yaml(Documents.example("49.00", "61.50")).put("/v1/catalog");

        int after = answer.jsonPath().getInt("plans.pro.version");
        assertThat(after).isGreaterThan(before);
        answer.then()
                .body("diff", hasSize(1))
                .body("diff[0].key", equalTo("pro"))
                .body("diff[0].change", equalTo("CHANGED"))
                .body("diff[0].fields", hasSize(1))
                .body("diff[0].fields[0].path", equalTo("charges.platform-fee.price.amount"))
                .body("diff[0].fields[0].from", equalTo("49.00"))
                .body("diff[0].fields[0].to", equalTo("61.50"));
        given().get("/v1/catalog/plans/pro/versions/" + before)
                .then()
                .statusCode(200)
                .body("charges[0].price.amount", equalTo("49.00"));
        given().get("/v1/catalog/plans/pro/versions/" + after)
                .then()
                .statusCode(200)
                .body("charges[0].price.amount", equalTo("61.50"));
        assertThat(OutboxProbe.states("catalog.plan-version"))
                .extracting(OutboxProbe.State::aggregateId)
                .contains("pro@" + before, "pro@" + after);
    }

    @Test
    void aChangeOfTheParentReachesItsChildren() {
        publish(Documents.example());

        Response answer = yaml(Documents.example("value: 8000", "value: 8500")).put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .body("diff.key", contains("base", "pro"))
                .body("diff.find { it.key == 'pro' }.fields.path", hasItem("inherited.base.version"))
                .body("diff.find { it.key == 'base' }.fields.path", contains("entitlements.max-context.value"));
    }

    @Test
    void retiresWhatTheDocumentNoLongerHas() {
        publish(Documents.example());
        String without = Documents.example()
                .lines()
                .filter(line -> !line.contains("credit-pack"))
                .reduce("", (text, line) -> text + line + "\n");

        Response answer = yaml(without).put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .body("diff", hasSize(1))
                .body("diff[0].kind", equalTo("ADDON"))
                .body("diff[0].change", equalTo("RETIRED"));
        given().get("/v1/catalog/addons/credit-pack").then().statusCode(200).body("retired", equalTo(true));
        given().get("/v1/catalog/addons").then().body("items.key", contains("big-context", "extra-calls"));
        given().get("/v1/catalog/addons/credit-pack/versions/1").then().statusCode(200);
    }

    @Test
    void refusesAFaultyDocumentWholeAndNamesEveryFault() {
        long version = publish(Documents.example());
        String faulty = Documents.example("\"0.003\"", "\"-1\"");
        faulty = Documents.replace(faulty, "chat: {onLimit: HARD}", "chat: {onLimit: MAYBE}");
        faulty = Documents.replace(faulty, "extends: base", "extends: bass");
        faulty = Documents.replace(faulty, "meter: images", "meter: pictures");
        faulty = Documents.replace(faulty, "maxQuantity: 20", "most: 20");

        Response answer = yaml(faulty).put("/v1/catalog");

        answer.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("CATALOG_INVALID"))
                .body("errors", hasSize(5))
                .body(
                        "errors.field",
                        hasItems(
                                "features.chat.rates[0].per.inputTokens",
                                "plans.pro.entitlements.chat.onLimit",
                                "plans.pro.extends",
                                "features.images.meter",
                                "addons.extra-calls.most"));
        assertThat(inForceVersion()).isEqualTo(version);
    }

    @Test
    void saysWhereATextCannotBeRead() {
        Response answer = yaml("plans:\n  a: [1,\n").put("/v1/catalog");

        answer.then()
                .statusCode(400)
                .body("code", equalTo("MALFORMED_BODY"))
                .body("errors[0].field", containsString("line 3"));
    }

    @Test
    void refusesAnEmptyDocumentAndAMisspeltDryRun() {
        long version = publish(Documents.example());

        Response empty = yaml("").put("/v1/catalog");

        empty.then().statusCode(422).body("errors.field", hasItems("apiVersion", "kind"));
        yaml(Documents.example("49.00", "1.00"))
                .queryParam("dryRun", "ture")
                .put("/v1/catalog")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("dryRun"));
        given().contentType("text/plain")
                .body(Documents.example())
                .put("/v1/catalog")
                .then()
                .statusCode(415);
        assertThat(inForceVersion()).isEqualTo(version);
    }

    @Test
    @TestSecurity(user = "otto", roles = "operator")
    void onlyACatalogAdminApplies() {
        Response answer = yaml(Documents.example()).put("/v1/catalog");

        answer.then().statusCode(403).body("code", equalTo("FORBIDDEN"));
        given().get("/v1/catalog").then().statusCode(200);
        given().get("/internal/v1/catalog-in-force").then().statusCode(403);
    }

    @Test
    void anIdempotencyKeyReplaysTheFirstAnswer() {
        publish(Documents.example());
        String document = Documents.example("49.00", "44.00");
        Response first = yaml(document).header("Idempotency-Key", "k-1").put("/v1/catalog");
        publish(Documents.example());

        Response again = yaml(document).header("Idempotency-Key", "k-1").put("/v1/catalog");

        again.then().statusCode(200).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
    }

    @Test
    @TestSecurity(
            user = "gateway",
            roles = {"platform", "catalog-admin"})
    void tellsThePlatformWhatIsInForce() {
        long version = publish(Documents.example());

        JsonNode inForce = given().get("/internal/v1/catalog-in-force").as(JsonNode.class);

        assertThat(inForce.path("version").asLong()).isEqualTo(version);
        assertThat(inForce.path("features").has("chat")).isTrue();
        assertThat(inForce.at("/products/assistant/name").asText()).isEqualTo("Assistant");
    }

    @Test
    void whatWasPublishedCannotBeChanged() throws SQLException {
        publish(Documents.example());
        DataSource database = Arc.container().instance(DataSource.class).get();

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            Assertions.assertThatThrownBy(() -> statement.executeUpdate("UPDATE plan_version SET body = '{}'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }
}
