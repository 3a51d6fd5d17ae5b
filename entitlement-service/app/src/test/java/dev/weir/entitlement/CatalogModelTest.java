package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class CatalogModelTest {

    @Test
    void aCatalogIsInForceOnceItsBodiesAreHere() {
        TestCatalog catalog = TestCatalog.standard();
        catalog.publish(Rollout.NEW_CUSTOMERS);
        var late = TestCatalog.plan("late", 1, "assistant", "1", "1.00", null);
        catalog.put(late);
        long version = catalog.publishInForce(Rollout.NEW_CUSTOMERS);
        assertThat(applied()).isLessThan(version);

        TestCatalog.publish(late);

        assertThat(applied()).isEqualTo(version);
        Api.subscribe(Api.customer(), "{\"plan\":\"late\"}").statusCode(201);
    }

    @Test
    void bodiesThatArriveAtOnceAreNotOverlooked() throws Exception {
        for (int round = 0; round < 10; round++) {
            TestCatalog catalog = TestCatalog.standard();
            catalog.publish(Rollout.NEW_CUSTOMERS);
            var one = TestCatalog.plan("one-" + round, 1, "assistant", "1", "1.00", null);
            var two = TestCatalog.plan("two-" + round, 1, "assistant", "1", "1.00", null);
            catalog.put(one);
            catalog.put(two);
            long version = catalog.publishInForce(Rollout.NEW_CUSTOMERS);
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                List<Future<?>> sent = List.of(
                        both.submit(() -> TestCatalog.publish(one)), both.submit(() -> TestCatalog.publish(two)));
                for (Future<?> each : sent) {
                    each.get();
                }
            }
            assertThat(applied()).isEqualTo(version);
        }
    }

    @Test
    void aWriteWaitsForAPlanThatIsOnItsWay() throws Exception {
        TestCatalog catalog = TestCatalog.standard();
        catalog.publish(Rollout.NEW_CUSTOMERS);
        String customer = Api.customer();
        catalog.plan("coming", 1, "7", null);
        try (ExecutorService later = Executors.newSingleThreadExecutor()) {
            Future<?> sent = later.submit(() -> {
                Thread.sleep(80);
                return catalog.publish(Rollout.NEW_CUSTOMERS);
            });
            Api.subscribe(customer, "{\"plan\":\"coming\"}").statusCode(201);
            sent.get();
        }
    }

    @Test
    void subscriptionsAreGrandfatheredUnlessTheCatalogIsForAll() {
        TestCatalog catalog = TestCatalog.standard();
        catalog.publish(Rollout.NEW_CUSTOMERS);
        String customer = Api.customer();
        String id = Api.subscription(
                customer, "{\"plan\":\"business\",\"trial\":true,\"addons\":[{\"addon\":\"extra-calls\"}]}");
        String scheduled = Api.customer();
        String scheduledId = Api.subscription(scheduled, "{\"plan\":\"base\"}");
        Api.act(scheduled, scheduledId, "change", "{\"plan\":\"business\",\"when\":\"PERIOD_END\"}")
                .statusCode(200);

        catalog.put(TestCatalog.plan(
                "business",
                2,
                "assistant",
                "70000",
                "99.00",
                TestCatalog.plan("x", 1, "x", "1", "1", null).trial()));
        catalog.publish(Rollout.NEW_CUSTOMERS);
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id).then().body("version", equalTo(1));
        Api.act(customer, id, "change", "{\"plan\":\"business\",\"version\":1,\"when\":\"NOW\"}")
                .statusCode(200);

        catalog.publish(Rollout.ALL_CUSTOMERS);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/v1/customers/{c}/subscriptions/{s}", customer, id)
                        .then()
                        .body(
                                "version",
                                equalTo(2),
                                "status",
                                equalTo("TRIALING"),
                                "addons[0].addon",
                                equalTo("extra-calls")));
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id)
                .then()
                .body("phases.version", contains(1, 2, 2));
        given().get("/v1/customers/{c}/subscriptions/{s}", scheduled, scheduledId)
                .then()
                .body("phases.plan", contains("base", "business"), "phases.version", contains(1, 2));
        assertThat(Api.published(customer).bodyHashes()).contains("business@2");
    }

    private static long applied() {
        return OutboxProbe.states("entitlement.catalog-applied").stream()
                .mapToLong(OutboxProbe.State::version)
                .max()
                .orElse(0);
    }
}
