package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.entitlement.migration.app.MigrationSteps;
import dev.weir.entitlement.migration.app.Migrations;
import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.persistence.ItemTable;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations: who moves when, what each of them is told, and taking it back. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class MigrationTest {
    @Inject
    MigrationSteps steps;

    @Inject
    Migrations migrations;

    @Inject
    ItemTable items;

    private final TestCatalog catalog = TestCatalog.standard();
    private String customer = "";
    private String subscription = "";

    @BeforeEach
    void aCustomerOnTheFirstOfTwoVersions() {
        catalog.publish(Rollout.NEW_CUSTOMERS);
        customer = Api.customer();
        subscription = Api.subscription(customer, "{\"plan\":\"base\"}");
        publish(2, "2000", "2500");
    }

    @Test
    void movesThoseThatAreNamedAndTellsOfEach() {
        String without = Api.customer();
        String other = Api.customer();
        String others = Api.subscription(other, "{\"plan\":\"base\",\"version\":1}");

        String id = migrate(scope(customer, without), "NOW", "");

        awaitDone(id)
                .body(
                        "progress.total",
                        equalTo(2),
                        "progress.moved",
                        equalTo(1),
                        "progress.skipped",
                        equalTo(1),
                        "target.version",
                        equalTo(2),
                        "createdBy",
                        equalTo("olga"));
        expectVersion(customer, subscription, 2);
        expectVersion(other, others, 1);
        given().get("/v1/migrations/{m}/customers", id)
                .then()
                .statusCode(200)
                .body("items.find { it.customer == '" + customer + "' }.status", equalTo("MOVED"))
                .body("items.find { it.customer == '" + customer + "' }.from.version", equalTo(1))
                .body("items.find { it.customer == '" + without + "' }.code", equalTo("NOTHING_TO_MOVE"));
        given().get("/v1/migrations").then().body("items[0].id", equalTo(id));
        assertThat(Api.published(customer).bodyHashes()).contains("base@2");
    }

    @Test
    void aLimitDropsOnlyAtThePeriodsEndUnlessTheMigrationSaysSo() {
        publish(3, "10", "1000");
        String end = given().get("/v1/customers/{c}/subscriptions/{s}", customer, subscription)
                .then()
                .extract()
                .path("currentPeriod.to");

        String careful = migrate(scope(customer), "NOW", "");
        awaitStatus(careful, "SCHEDULED").body("progress.scheduled", equalTo(1), "progress.moved", equalTo(0));
        given().get("/v1/migrations/{m}/customers", careful)
                .then()
                .body("items[0].status", equalTo("SCHEDULED"), "items[0].deferred", equalTo(true))
                .body("items[0].effectiveAt", equalTo(end));
        expectVersion(customer, subscription, 1);

        String abrupt = Api.customer();
        String abruptId = Api.subscription(abrupt, "{\"plan\":\"base\",\"version\":1}");
        awaitDone(migrate(scope(abrupt), "NOW", ",\"allowMidPeriodDrop\":true"));
        expectVersion(abrupt, abruptId, 3);
    }

    @Test
    void previewsPageByPageWithoutChanging() {
        String second = Api.customer();
        Api.subscription(second, "{\"plan\":\"base\",\"version\":1}");

        String next = preview(scope(customer, second), 1)
                .body("items", hasSize(1), "items[0].outcome", equalTo("MOVES"))
                .body(
                        "items[0].from.version",
                        equalTo(1),
                        "items[0].gained.key",
                        contains("api-calls", "ai-credits/monthly"))
                .body("items[0].lost", hasSize(0), "items[0].charges", not(hasSize(0)))
                .extract()
                .path("next");
        given().contentType("application/json")
                .queryParam("limit", 1)
                .queryParam("after", next)
                .body(body(scope(customer, second), "NOW", ""))
                .post("/v1/migrations/preview")
                .then()
                .statusCode(200)
                .body("items", hasSize(1), "next", nullValue());

        expectVersion(customer, subscription, 1);
        assertThat(Api.published(customer).version()).isEqualTo(2);
    }

    @Test
    void isTakenBackForThoseThatWereNotChangedSince() {
        String changed = Api.customer();
        String changedId = Api.subscription(changed, "{\"plan\":\"base\",\"version\":1}");
        String id = migrate(scope(customer, changed), "NOW", "");
        awaitDone(id);
        Api.act(changed, changedId, "change", "{\"plan\":\"pro\",\"when\":\"NOW\"}")
                .statusCode(200);

        String undo = Api.post("/v1/migrations/{m}/undo", "{\"reason\":\"too dear\"}", id)
                .statusCode(201)
                .body("undoes", equalTo(id), "reason", equalTo("too dear"))
                .extract()
                .path("id");

        awaitDone(undo).body("progress.moved", equalTo(1), "progress.skipped", equalTo(1));
        expectVersion(customer, subscription, 1);
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, subscription)
                .then()
                .body("phases.version", contains(1, 2, 1));
        given().get("/v1/customers/{c}/subscriptions/{s}", changed, changedId)
                .then()
                .body("plan", equalTo("pro"));
        given().get("/v1/migrations/{m}/customers", undo)
                .then()
                .body("items.find { it.customer == '" + changed + "' }.code", equalTo("CHANGED_SINCE"));
        MigrationUndone undone = OutboxProbe.facts("entitlement.migration-undone").stream()
                .map(fact -> fact.bodyAs(MigrationUndone.class))
                .filter(fact -> fact.customer().equals(customer))
                .findFirst()
                .orElseThrow();
        assertThat(undone.migration().toString()).isEqualTo(id);
        assertThat(undone.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.key()).isEqualTo("monthly");
            assertThat(grant.before()).isEqualByComparingTo("1000");
            assertThat(grant.after()).isEqualByComparingTo("2500");
        });
        Api.post("/v1/migrations/{m}/undo", "{}", id).statusCode(409).body("code", equalTo("MIGRATION_UNDONE"));
        Api.post("/v1/migrations/{m}/undo", "{}", undo).statusCode(409).body("code", equalTo("NOT_UNDOABLE"));
    }

    @Test
    void whatIsOnlyScheduledCanBeCanceled() {
        List<Object> before = phases();
        String id = migrate(scope(customer), "PERIOD_END", "");
        awaitStatus(id, "SCHEDULED");
        assertThat(phases()).hasSize(2);

        Api.post("/v1/migrations/{m}/cancel", "", id).statusCode(200).body("canceledBy", equalTo("olga"));

        awaitStatus(id, "CANCELED").body("progress.canceled", equalTo(1));
        assertThat(phases()).isEqualTo(before);
        Api.post("/v1/migrations/{m}/cancel", "", id).statusCode(200);
        String done = migrate(scope(customer), "NOW", "");
        awaitDone(done);
        Api.post("/v1/migrations/{m}/cancel", "", done).statusCode(409).body("code", equalTo("MIGRATION_DONE"));
    }

    @Test
    void aScheduledMoveThatIsRevokedCountsAsCanceled() {
        String id = migrate(scope(customer), "PERIOD_END", "");
        awaitStatus(id, "SCHEDULED");
        String change = given().get("/v1/customers/{c}/subscriptions/{s}/changes", customer, subscription)
                .then()
                .body("items[1].reference", equalTo("migration:" + id), "items[1].status", equalTo("SCHEDULED"))
                .extract()
                .path("items[1].id");

        given().delete("/v1/customers/{c}/subscriptions/{s}/changes/{ch}", customer, subscription, change)
                .then()
                .statusCode(200);

        awaitDone(id).body("progress.canceled", equalTo(1), "progress.scheduled", equalTo(0));
        given().get("/v1/migrations/{m}/customers", id)
                .then()
                .body("items[0].status", equalTo("CANCELED"), "items[0].code", equalTo("REVOKED"));
    }

    @Test
    void takesEffectAtAnInstantAndMovesACohort() {
        String tagged = Api.customer("{\"metadata\":{\"wave\":\"" + customer + "\"}}");
        String taggedId = Api.subscription(tagged, "{\"plan\":\"base\",\"version\":1}");
        String cohort = "wave-" + customer.substring(2, 10);
        given().contentType("application/json")
                .body("{\"filter\":{\"metadata\":{\"wave\":\"" + customer + "\"},\"plan\":\"base\"}}")
                .put("/v1/cohorts/{k}", cohort)
                .then()
                .statusCode(200)
                .body("members", equalTo(1));
        String at = Instant.now().plus(Duration.ofDays(3)).toString();

        String id = migrate("{\"cohort\":\"" + cohort + "\"}", at, "");

        awaitStatus(id, "SCHEDULED").body("progress.total", equalTo(1));
        given().get("/v1/customers/{c}/subscriptions/{s}", tagged, taggedId)
                .then()
                .body("phases.version", contains(1, 2), "version", equalTo(1));
    }

    @Test
    void movesToAnotherPlanByVersion() {
        String id = migrate(
                "{\"customers\":[\"" + customer + "\"],\"plan\":\"base\",\"fromVersions\":[1]}",
                "NOW",
                "",
                "{\"plan\":\"pro\"}");

        awaitDone(id);

        given().get("/v1/customers/{c}/subscriptions/{s}", customer, subscription)
                .then()
                .body("plan", equalTo("pro"));
    }

    @Test
    void oneThatCannotMoveFailsAloneWithItsReason() {
        String held = Api.customer();
        Api.subscription(held, "{\"plan\":\"pro\",\"addons\":[{\"addon\":\"extra-calls\"}]}");
        String free = Api.customer();
        String freeId = Api.subscription(free, "{\"plan\":\"pro\"}");

        String id = migrate(
                "{\"customers\":[\"" + held + "\",\"" + free + "\"],\"plan\":\"pro\"}",
                "NOW",
                ",\"allowMidPeriodDrop\":true",
                "{\"plan\":\"base\"}");

        awaitDone(id).body("progress.failed", equalTo(1), "progress.moved", equalTo(1));
        given().get("/v1/migrations/{m}/customers", id)
                .then()
                .body("items.find { it.customer == '" + held + "' }.code", equalTo("ADDON_INCOMPATIBLE"))
                .body("items.find { it.customer == '" + held + "' }.detail", notNullValue());
        given().get("/v1/customers/{c}/subscriptions/{s}", free, freeId).then().body("plan", equalTo("base"));
    }

    @Test
    void workersThatRaceMoveEachSubscriptionOnce() throws Exception {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            customers.add(Api.customer());
            Api.subscription(customers.getLast(), "{\"plan\":\"base\",\"version\":1}");
        }
        String id = migrate(scope(customers.toArray(String[]::new)), "NOW", "");
        Migration migration = migrations.get(UUID.fromString(id)).migration();

        try (ExecutorService racing = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(racing.submit(() -> {
                    for (List<Long> next = items.open(migration.id(), 5);
                            !next.isEmpty();
                            next = items.open(migration.id(), 5)) {
                        steps.perform(migration, next);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }

        awaitDone(id).body("progress.moved", equalTo(12), "progress.total", equalTo(12));
        for (String moved : customers) {
            String held = given().get("/v1/customers/{c}/subscriptions", moved)
                    .then()
                    .extract()
                    .path("items[0].id");
            given().get("/v1/customers/{c}/subscriptions/{s}/changes", moved, held)
                    .then()
                    .body("items.kind", contains("CREATED", "MIGRATED"));
        }
    }

    private List<Object> phases() {
        List<Object> phases = given().get("/v1/customers/{c}/subscriptions/{s}", customer, subscription)
                .then()
                .extract()
                .path("phases");
        return new ArrayList<>(phases);
    }

    private void publish(int version, String calls, String credits) {
        PlanVersion plan = TestCatalog.plan("base", version, "assistant", calls, "49.00", null);
        catalog.put(TestCatalog.withCredits(plan, credits));
        catalog.publish(Rollout.NEW_CUSTOMERS);
    }

    private static String scope(String... customers) {
        return "{\"customers\":[\"" + String.join("\",\"", customers) + "\"]}";
    }

    private static String body(String scope, String when, String more) {
        return body(scope, when, more, "{\"plan\":\"base\"}");
    }

    private static String body(String scope, String when, String more, String target) {
        return "{\"scope\":" + scope + ",\"target\":" + target + ",\"when\":\"" + when + "\",\"reason\":\"test\"" + more
                + "}";
    }

    private static String migrate(String scope, String when, String more) {
        return migrate(scope, when, more, "{\"plan\":\"base\"}");
    }

    private static String migrate(String scope, String when, String more, String target) {
        return Api.post("/v1/migrations", body(scope, when, more, target))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse preview(String scope, int limit) {
        return Api.post("/v1/migrations/preview?limit=" + limit, body(scope, "NOW", ""))
                .statusCode(200);
    }

    private static ValidatableResponse awaitDone(String id) {
        return awaitStatus(id, "DONE");
    }

    private static ValidatableResponse awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> given().get("/v1/migrations/{m}", id)
                        .then()
                        .extract()
                        .path("status")
                        .equals(status));
        return given().get("/v1/migrations/{m}", id).then().statusCode(200);
    }

    private static void expectVersion(String customer, String subscription, int version) {
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, subscription)
                .then()
                .body("version", equalTo(version));
    }
}
