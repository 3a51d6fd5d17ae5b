package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.reference.ProductAnswer;
import dev.weir.entitlement.contract.reference.ReferenceResolver;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.Seeds;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The past and the future: what was in force at any instant, by what is known now. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class HistoryTest {
    private static final Duration REACH = Duration.ofDays(900);

    @Inject
    CatalogReadModel catalog;

    @Inject
    DatabaseClock clock;

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void anyInstantIsAnsweredAsTheReferenceWouldFromTheSameHistory() {
        Seeds.check(15, random -> {
            RandomHistory history = new RandomHistory(random, clock.now());
            for (int i = 0; i < 12; i++) {
                history.act();
            }
            CustomerSnapshot told = history.told();
            ReferenceResolver reference = new ReferenceResolver(told, catalog);
            for (int i = 0; i < 30; i++) {
                Instant at = instant(random, told);

                Map<String, Map<String, String>> answered = described(Api.at(told.customer(), at), at);

                assertThat(answered).as("at %s of %s", at, told).isEqualTo(reference.all(null, at));
            }
        });
    }

    @Test
    void nowIsAnsweredAsTheCurrentSnapshotDoes() {
        Seeds.check(5, random -> {
            RandomHistory history = new RandomHistory(random, clock.now());
            for (int i = 0; i < 8; i++) {
                history.act();
            }
            String customer = history.told().customer();
            Instant now = clock.now();

            CustomerSnapshot then = Api.at(customer, now);

            assertThat(described(then, now)).isEqualTo(described(Api.published(customer), now));
        });
    }

    @Test
    void whatAParentSharedIsRemembered() {
        String first = Api.customer("{\"timeZone\":\"Asia/Tokyo\"}");
        String second = Api.customer("{\"timeZone\":\"America/New_York\"}");
        Api.subscription(first, "{\"plan\":\"pro\",\"anchor\":\"DAY\"}");
        Api.subscription(second, "{\"plan\":\"business\"}");
        String child = Api.customer("{\"parent\":\"" + first + "\"}");
        Instant before = later();
        Instant ignored = later();
        Api.put(child, "{\"parent\":\"" + second + "\"}").statusCode(200);
        Instant after = later();

        CustomerSnapshot then = Api.at(child, before);

        assertThat(ignored).isAfter(before);
        assertThat(then.root()).isEqualTo(first);
        assertThat(then.timeZone()).isEqualTo("Asia/Tokyo");
        assertThat(described(then, before).get("api-calls")).containsEntry("limit", "10000");
        assertThat(Api.at(child, after).root()).isEqualTo(second);
        assertThat(described(Api.at(child, after), after).get("api-calls")).containsEntry("limit", "50000");
    }

    @Test
    void anEndedPromotionHoldsInThePastOnly() {
        String customer = Api.customer();
        Api.subscription(customer, "{\"plan\":\"base\"}");
        String id = Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"feature\":\"sso\",\"entitlement\":{},\"from\":\"2020-05-01T00:00:00Z\",\"reason\":\"beta\"}",
                        customer)
                .statusCode(201)
                .extract()
                .path("id");
        Instant during = later();
        Instant ignored = later();
        given().delete("/v1/customers/{c}/promotions/{id}", customer, id).then().statusCode(200);
        Instant after = later();

        CustomerSnapshot then = Api.at(customer, during);

        assertThat(ignored).isAfter(during);
        assertThat(described(then, during)).containsKey("sso");
        assertThat(described(
                        Api.at(customer, Instant.parse("2020-05-01T00:00:00Z")), Instant.parse("2020-05-01T00:00:00Z")))
                .containsKey("sso");
        assertThat(described(Api.at(customer, after), after)).doesNotContainKey("sso");
    }

    @Test
    void anInstantMustBeOne() {
        String customer = Api.customer();

        given().get("/internal/v1/customers/{c}/snapshot?asOf=yesterday", customer)
                .then()
                .statusCode(400);
        given().get("/internal/v1/customers/{c}/snapshot?asOf=2026-01-01T00:00:00Z", "c-nobody")
                .then()
                .statusCode(404);
    }

    /** An instant after everything that was done so far. */
    private Instant later() {
        Instant now = clock.now();
        Awaitility.await().until(() -> clock.now().isAfter(now.plusMillis(3)));
        return clock.now();
    }

    private static Instant instant(Random random, CustomerSnapshot told) {
        var edges = told.subscriptions().stream()
                .flatMap(part -> part.phases().stream())
                .map(phase -> phase.from())
                .toList();
        return !edges.isEmpty() && random.nextInt(4) == 0
                ? edges.get(random.nextInt(edges.size())).minusMillis(random.nextInt(2))
                : told.asOf().minus(REACH.dividedBy(2)).plusMillis(random.nextLong(REACH.toMillis()));
    }

    private Map<String, Map<String, String>> described(CustomerSnapshot snapshot, Instant at) {
        Map<String, ResolvedFeature> resolved = Resolution.all(snapshot, catalog, null, at);
        Map<String, Map<String, String>> described = new TreeMap<>();
        resolved.forEach((feature, answer) -> described.put(feature, ProductAnswer.describe(answer, at)));
        return described;
    }
}
