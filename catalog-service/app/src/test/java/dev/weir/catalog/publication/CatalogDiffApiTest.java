package dev.weir.catalog.publication;

import static dev.weir.catalog.CatalogCalls.publish;
import static dev.weir.catalog.CatalogCalls.yaml;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.weir.catalog.Documents;
import dev.weir.entitlement.contract.PlanUsage;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The diff that a person reads before and after publishing. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class CatalogDiffApiTest {

    @BeforeEach
    void nobodyHoldsAnything() throws SQLException {
        DataSource database = Arc.container().instance(DataSource.class).get();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM plan_usage");
        }
        publish(Documents.example());
    }

    @Test
    void saysWhatBecomesMoreAndLessGenerous() {
        String document = Documents.example("49.00", "59.00");
        document = Documents.replace(document, "limit: 10000, every: P1M", "limit: 20000, every: P1M");

        Response answer = yaml(document).queryParam("dryRun", true).put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .body("diff", hasSize(1))
                .body("diff[0].kind", equalTo("PLAN"))
                .body("diff[0].key", equalTo("pro"))
                .body("diff[0].change", equalTo("CHANGED"))
                .body("diff[0].to", greaterThan(answer.jsonPath().getInt("diff[0].from")))
                .body("diff[0].generosity", equalTo("MIXED"))
                .body("diff[0].effects.generosity", contains("MORE", "LESS"))
                .body("diff[0].effects.place", contains("entitlements.api-calls.limit", "charges.platform-fee.price"))
                .body(
                        "diff[0].effects.detail",
                        contains(
                                "api-calls: 10000 every P1M becomes 20000 every P1M",
                                "platform-fee: 49.00 USD every P1M becomes 59.00 USD every P1M"))
                .body("touched.versions", empty());
    }

    @Test
    void isAPageToReadForWhomeverAsksForText() {
        int pro = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");
        held(PlanUsage.Kind.PLAN, "pro", Map.of(pro, 7L));

        Response answer = yaml(Documents.example("49.00", "59.00"))
                .queryParam("dryRun", true)
                .queryParam("reason", "inflation")
                .accept("text/plain")
                .put("/v1/catalog");

        answer.then()
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .body(containsString("dry run"))
                .body(containsString("inflation"))
                .body(containsString("~ plan pro  version " + pro + " -> "))
                .body(containsString(": less generous\n"))
                .body(containsString("    LESS     platform-fee: 49.00 USD every P1M becomes 59.00 USD every P1M\n"))
                .body(containsString("    charges.platform-fee.price.amount: 49.00 -> 59.00\n"))
                .body(containsString("Subscriptions: 0 move, 7 stay"))
                .body(containsString("    7 on plan pro version " + pro + " stay\n"));
    }

    @Test
    void countsTheSubscriptionsThatStay() {
        int pro = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");
        held(PlanUsage.Kind.PLAN, "pro", Map.of(pro, 120L));
        held(PlanUsage.Kind.PLAN, "base", Map.of(1, 40L));

        Response answer = yaml(Documents.example("49.00", "59.00"))
                .queryParam("dryRun", true)
                .put("/v1/catalog");

        answer.then()
                .body("touched.stays", equalTo(120))
                .body("touched.moves", equalTo(0))
                .body("touched.countedAt", notNullValue())
                .body("touched.versions", hasSize(1))
                .body("touched.versions[0].kind", equalTo("PLAN"))
                .body("touched.versions[0].key", equalTo("pro"))
                .body("touched.versions[0].version", equalTo(pro))
                .body("touched.versions[0].subscriptions", equalTo(120))
                .body("touched.versions[0].fate", equalTo("STAYS"));
    }

    @Test
    void saysOfEachVersionWhatARolloutDoesForIt() {
        publish(Documents.example("49.00", "39.00"));
        int cheap = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");
        publish(Documents.example("49.00", "69.00"));
        int dear = given().get("/v1/catalog/plans/pro").jsonPath().getInt("version");
        held(PlanUsage.Kind.PLAN, "pro", Map.of(cheap, 3L, dear, 5L));
        held(PlanUsage.Kind.ADDON, "extra-calls", Map.of(1, 2L));
        String document = Documents.example("limit: 5000, every: P1M", "limit: 6000, every: P1M");

        Response answer = yaml(document)
                .queryParam("dryRun", true)
                .queryParam("rollout", "ALL_CUSTOMERS")
                .put("/v1/catalog");

        answer.then()
                .body("touched.moves", equalTo(8))
                .body("touched.stays", equalTo(0))
                .body("touched.versions.fate", everyItem(equalTo("MOVES")))
                .body("touched.versions.find { it.version == " + cheap + " }.generosity", equalTo("LESS"))
                .body("touched.versions.find { it.version == " + dear + " }.generosity", equalTo("MORE"))
                .body(
                        "touched.versions.find { it.version == " + dear + " }.effects[0].detail",
                        equalTo("platform-fee: 69.00 USD every P1M becomes 49.00 USD every P1M"))
                .body("touched.versions.find { it.kind == 'ADDON' }.subscriptions", equalTo(2))
                .body("touched.versions.find { it.kind == 'ADDON' }.generosity", equalTo("MORE"));
    }

    @Test
    void subscriptionsOfARetiredPlanStay() {
        held(PlanUsage.Kind.ADDON, "credit-pack", Map.of(1, 9L));
        String without = Documents.example()
                .lines()
                .filter(line -> !line.contains("credit-pack"))
                .reduce("", (text, line) -> text + line + "\n");

        Response answer = yaml(without)
                .queryParam("dryRun", true)
                .queryParam("rollout", "ALL_CUSTOMERS")
                .put("/v1/catalog");

        answer.then()
                .body("diff[0].change", equalTo("RETIRED"))
                .body("touched.versions", hasSize(1))
                .body("touched.versions[0].fate", equalTo("STAYS"))
                .body("touched.versions[0].subscriptions", equalTo(9));
    }

    private static long revision;

    private static void held(PlanUsage.Kind kind, String key, Map<Integer, Long> versions) {
        List<PlanUsage.Held> held = versions.entrySet().stream()
                .map(entry -> new PlanUsage.Held(entry.getKey(), "h" + entry.getKey(), entry.getValue()))
                .toList();
        long next = ++revision;
        TestEvents.deliver(
                "dev.weir.entitlement.plan-usage.v1",
                kind + "/" + key,
                next,
                new PlanUsage(kind, key, next, Instant.now(), held));
    }
}
