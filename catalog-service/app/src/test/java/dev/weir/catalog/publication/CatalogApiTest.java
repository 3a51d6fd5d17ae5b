package dev.weir.catalog.publication;

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
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CatalogApiTest {

    private static final String YAML = "application/yaml";
    private static final RestAssuredConfig PLAIN_YAML = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(YAML, ContentType.TEXT));

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

    @Test
    @Order(4)
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
    void aStaleIfMatchIsRefused() {
        long version = publish(Documents.example());

        Response stale = yaml(Documents.example("49.00", "70.00"))
                .header("If-Match", "\"" + (version - 1) + "\"")
                .put("/v1/catalog");

        stale.then().statusCode(412).body("code", equalTo("VERSION_CONFLICT"));
        assertThat(inForceVersion()).isEqualTo(version);
        yaml(Documents.example("49.00", "71.00"))
                .header("If-Match", "\"" + version + "\"")
                .put("/v1/catalog")
                .then()
                .statusCode(200)
                .body("version", equalTo((int) version + 1));
    }

    @Test
    void ofConcurrentWritersThatSawTheSameVersionOneWins() throws Exception {
        long version = publish(Documents.example());
        List<Callable<Integer>> writers = List.of(
                () -> statusOf("81.00", version),
                () -> statusOf("82.00", version),
                () -> statusOf("83.00", version),
                () -> statusOf("84.00", version));

        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            List<Integer> statuses =
                    threads.invokeAll(writers).stream().map(Future::resultNow).toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412);
        }
        assertThat(inForceVersion()).isEqualTo(version + 1);
    }

    @Test
    void concurrentWritersOfOneDocumentPublishItOnce() throws Exception {
        long version = publish(Documents.example());
        String document = Documents.example("49.00", "95.00");
        Callable<Integer> writer =
                () -> yaml(document).put("/v1/catalog").jsonPath().getInt("version");

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Integer> versions = threads.invokeAll(List.of(writer, writer, writer, writer)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(versions).containsOnly((int) version + 1);
        }
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

    private static int statusOf(String price, long seen) {
        return yaml(Documents.example("49.00", price))
                .header("If-Match", "\"" + seen + "\"")
                .put("/v1/catalog")
                .statusCode();
    }

    private static long publish(String document) {
        return yaml(document)
                .put("/v1/catalog")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("version");
    }

    private static long inForceVersion() {
        return Long.parseLong(given().get("/v1/catalog").getHeader("Weir-Catalog-Version"));
    }

    private static RequestSpecification yaml(String document) {
        return given().config(PLAIN_YAML).headers(Map.of("Content-Type", YAML)).body(document);
    }
}
