package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which subscriptions a catalog for all customers moves, in whatever order its parts arrive. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class RolloutTest {
    private final TestCatalog catalog = TestCatalog.standard();
    private String customer = "";
    private String subscription = "";

    @BeforeEach
    void aCustomerOnTheFirstVersion() {
        catalog.publish(Rollout.NEW_CUSTOMERS);
        customer = Api.customer();
        subscription = Api.subscription(customer, "{\"plan\":\"base\"}");
    }

    @Test
    void isNotLostWhenTheNextCatalogFollowsAtOnce() {
        PlanVersion second = version(2);
        CatalogInForce forAll = catalog.next(Rollout.ALL_CUSTOMERS);
        version(3);
        CatalogInForce forNew = catalog.next(Rollout.NEW_CUSTOMERS);
        // The state of the first was conflated into that of the second; its body and its fact come late.
        TestCatalog.publish(TestCatalog.plan("base", 3, "assistant", "3000", "49.00", null));
        TestCatalog.publish(forNew);

        TestCatalog.rollOut(forAll);
        TestCatalog.publish(second);

        awaitDone(forAll);
        expectVersion(customer, subscription, 2);
        String newcomer = Api.customer();
        expectVersion(newcomer, Api.subscription(newcomer, "{\"plan\":\"base\"}"), 3);
    }

    @Test
    void waitsForTheBodiesThatItNames() {
        PlanVersion second = version(2);
        CatalogInForce forAll = catalog.next(Rollout.ALL_CUSTOMERS);
        TestCatalog.rollOut(forAll);
        TestCatalog.publish(forAll);
        given().get("/v1/rollouts/{v}", forAll.version()).then().body("status", equalTo("RUNNING"));

        TestCatalog.publish(second);

        awaitDone(forAll);
        expectVersion(customer, subscription, 2);
        given().get("/v1/rollouts")
                .then()
                .statusCode(200)
                .body("items.catalogVersion", hasItem((int) forAll.version()), "items[0].moved", notNullValue());
    }

    @Test
    void leavesWhatWasChosenUnderALaterCatalog() {
        version(2);
        CatalogInForce forAll = catalog.next(Rollout.ALL_CUSTOMERS);
        TestCatalog.publish(TestCatalog.plan("base", 2, "assistant", "2000", "49.00", null));
        version(3);
        catalog.publish(Rollout.NEW_CUSTOMERS);
        String newer = Api.customer();
        String onTheNewest = Api.subscription(newer, "{\"plan\":\"base\"}");
        String back = Api.customer();
        String chosenOld = Api.subscription(back, "{\"plan\":\"base\",\"version\":1}");

        TestCatalog.rollOut(forAll);

        awaitDone(forAll);
        expectVersion(customer, subscription, 2);
        expectVersion(newer, onTheNewest, 3);
        expectVersion(back, chosenOld, 1);
    }

    @Test
    void ofTwoTheLaterCatalogHasTheWordInWhateverOrderTheyCome() {
        version(2);
        CatalogInForce first = catalog.next(Rollout.ALL_CUSTOMERS);
        TestCatalog.publish(TestCatalog.plan("base", 2, "assistant", "2000", "49.00", null));
        version(1);
        CatalogInForce rolledBack = catalog.next(Rollout.ALL_CUSTOMERS);
        TestCatalog.publish(rolledBack);
        TestCatalog.rollOut(rolledBack);
        awaitDone(rolledBack);

        TestCatalog.rollOut(first);

        awaitDone(first);
        expectVersion(customer, subscription, 1);
        given().get("/v1/rollouts/{v}", first.version()).then().body("visited", greaterThanOrEqualTo(1));
    }

    @Test
    void oneThatWasNeverOrderedIsNotFound() {
        given().get("/v1/rollouts/999999").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().get("/v1/rollouts?after=%21").then().statusCode(400).body("code", equalTo("INVALID_CURSOR"));
    }

    private PlanVersion version(int version) {
        PlanVersion plan = TestCatalog.plan("base", version, "assistant", version + "000", "49.00", null);
        catalog.put(plan);
        return plan;
    }

    private static void awaitDone(CatalogInForce rolledOut) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/rollouts/{v}", rolledOut.version())
                        .then()
                        .statusCode(200)
                        .body("status", equalTo("DONE")));
    }

    private static void expectVersion(String customer, String subscription, int version) {
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, subscription)
                .then()
                .body("version", equalTo(version));
    }
}
