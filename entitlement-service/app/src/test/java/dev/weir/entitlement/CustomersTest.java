package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class CustomersTest {

    @Test
    void createsReplacesAndShowsACustomer() {
        String id = "c-" + UUID.randomUUID();
        Api.put(
                        id,
                        "{\"name\":\"Acme\",\"timeZone\":\"Europe/Berlin\",\"country\":\"DE\",\"currency\":\"EUR\","
                                + "\"metadata\":{\"tier\":1}}")
                .statusCode(200)
                .header("Weir-Snapshot-Version", "1")
                .body("id", equalTo(id), "root", equalTo(id), "timeZone", equalTo("Europe/Berlin"))
                .body("metadata.tier", equalTo(1));

        Api.put(id, "{\"name\":\"Acme 2\"}")
                .statusCode(200)
                .header("Weir-Snapshot-Version", "2")
                .body("name", equalTo("Acme 2"), "timeZone", equalTo("UTC"), "country", nullValue());

        given().get("/v1/customers/{c}", id)
                .then()
                .statusCode(200)
                .body("snapshotVersion", equalTo(2), "name", equalTo("Acme 2"));
        assertThat(Api.published(id).version()).isEqualTo(2);
    }

    @Test
    void theSameAgainChangesNothing() {
        String id = Api.customer("{\"name\":\"Acme\"}");

        Api.put(id, "{\"name\":\"Acme\"}").statusCode(200).header("Weir-Snapshot-Version", "1");

        assertThat(Api.published(id).version()).isEqualTo(1);
    }

    @Test
    void anIdempotencyKeyReplaysTheAnswer() {
        String id = "c-" + UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            given().contentType(ContentType.JSON)
                    .header("Idempotency-Key", "put-" + id)
                    .body("{\"name\":\"Acme\"}")
                    .put("/v1/customers/{c}", id)
                    .then()
                    .statusCode(200)
                    .header("Weir-Snapshot-Version", "1");
        }
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", "put-" + id)
                .body("{\"name\":\"Other\"}")
                .put("/v1/customers/{c}", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void aChildSharesItsRootsAllowanceAndFollowsIt() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
        String root = Api.customer("{\"timeZone\":\"America/New_York\"}");
        String middle = Api.customer("{\"parent\":\"" + root + "\"}");
        String leaf = Api.customer("{\"parent\":\"" + middle + "\",\"timeZone\":\"Asia/Tokyo\"}");
        assertThat(Api.published(leaf).root()).isEqualTo(root);
        assertThat(Api.published(leaf).timeZone()).isEqualTo("America/New_York");

        Api.subscription(root, "{\"plan\":\"pro\"}");

        assertThat(Api.published(leaf).version()).isEqualTo(2);
        assertThat(Api.published(leaf).subscriptions())
                .singleElement()
                .satisfies(part -> assertThat(part.owner()).isEqualTo(root));
        assertThat(Api.published(root).subscriptions())
                .singleElement()
                .satisfies(part -> assertThat(part.owner()).isNull());
        assertThat(OutboxProbe.states("entitlement.customer-snapshot"))
                .filteredOn(state -> state.aggregateId().equals(leaf))
                .singleElement()
                .satisfies(state -> assertThat(state.shard()).isEqualTo(Shard.of(root)));

        Api.put(middle, "{}").statusCode(200).body("root", equalTo(middle));
        assertThat(Api.published(leaf).root()).isEqualTo(middle);
        assertThat(Api.published(leaf).subscriptions()).isEmpty();
    }

    @Test
    void aParentMustExistAndMayNotBeBelow() {
        String top = Api.customer();
        String below = Api.customer("{\"parent\":\"" + top + "\"}");

        Api.put(top, "{\"parent\":\"" + below + "\"}").statusCode(422).body("code", equalTo("PARENT_CYCLE"));
        Api.put(top, "{\"parent\":\"nobody\"}").statusCode(422).body("code", equalTo("UNKNOWN_CUSTOMER"));
        Api.put(top, "{\"parent\":\"" + top + "\"}").statusCode(400).body("code", equalTo("PARENT_CYCLE"));
    }

    @Test
    void listsByPage() {
        Api.customer();
        Api.customer();
        String next = given().get("/v1/customers?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1), "next", notNullValue())
                .extract()
                .path("next");

        given().get("/v1/customers?limit=500&after={n}", next)
                .then()
                .statusCode(200)
                .body("next", nullValue());
        given().get("/v1/customers?after=nonsense").then().statusCode(400).body("code", equalTo("INVALID_CURSOR"));
        given().get("/v1/customers?limit=0").then().statusCode(400);
    }

    @Test
    void handsOutSnapshotsAndBodiesToThePlatform() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
        String id = Api.customer();
        Api.subscription(id, "{\"plan\":\"pro\"}");

        given().get("/internal/v1/customers/{c}/snapshot", id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2), "subscriptions[0].phases[0].planHash", equalTo("pro@1"));
        given().get("/internal/v1/bodies/pro@1").then().statusCode(200).body("plan.plan", equalTo("pro"));
        given().get("/internal/v1/bodies/extra-calls@1").then().body("addon.addon", equalTo("extra-calls"));
        given().get("/internal/v1/bodies/none").then().statusCode(404);
        given().get("/internal/v1/customers/nobody/snapshot")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
    }

    @Test
    @TestSecurity(user = "pia", roles = Roles.PRODUCT)
    void theProductReadsAndDoesNotWrite() {
        Api.put("c-x", "{}").statusCode(403).body("code", equalTo("FORBIDDEN"));
        given().get("/v1/customers/nobody").then().statusCode(404).body("code", equalTo("UNKNOWN_CUSTOMER"));
        given().get("/v1/customers").then().statusCode(200);
        given().get("/internal/v1/customers/nobody/snapshot").then().statusCode(403);
        Api.subscribe("c-x", "{\"plan\":\"pro\"}").statusCode(403);
    }

    @Test
    void namesWhatIsWrong() {
        Api.put("bad id", "{}").statusCode(400).body("code", equalTo("INVALID_KEY"));
        Api.put("c-1", "{\"timeZone\":\"Mars/Base\",\"country\":\"XX\",\"currency\":\"ABC\"}")
                .statusCode(400)
                .body("code", equalTo("INVALID_VALUE"))
                .body("errors.field", equalTo(java.util.List.of("timeZone", "country", "currency")));
        Api.put("c-1", "{\"colour\":\"red\"}").statusCode(400).body("code", equalTo("UNKNOWN_FIELD"));
        Api.put("c-1", "{\"name\":").statusCode(400).body("code", equalTo("MALFORMED_BODY"));
        Api.put("c-1", "{\"name\":\"a\\u0000b\"}").statusCode(400).body("errors.field", hasItem("name"));
        Api.put("c-1", "{\"metadata\":{\"n\":1e999999999}}").statusCode(400).body("errors.field", hasItem("metadata"));
        Api.put("c-1", "{\"metadata\":{\"n\":\"\\u0000\"}}").statusCode(400);
        given().get("/v1/customers/c-1").then().statusCode(404);
    }
}
