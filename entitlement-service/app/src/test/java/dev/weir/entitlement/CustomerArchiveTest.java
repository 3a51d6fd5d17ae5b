package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The archive, lists of customers, their resources, and what may not change. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class CustomerArchiveTest {

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void anArchivedCustomerHasNothingAndKeepsItsHistory() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"pro\"}");
        Api.post(
                        "/v1/customers/{c}/promotions",
                        "{\"feature\":\"sso\",\"entitlement\":{},\"reason\":\"gift\"}",
                        customer)
                .statusCode(201);
        Api.post("/v1/customers/{c}/archive", "{}", customer)
                .statusCode(409)
                .body("code", equalTo("SUBSCRIPTIONS_RUNNING"), "subscriptions", contains(id));

        Api.post("/v1/customers/{c}/archive", "{\"cancelSubscriptions\":true}", customer)
                .statusCode(200)
                .header("Weir-Snapshot-Version", "4")
                .body("archived", equalTo(true), "archivedAt", notNullValue());

        Instant now = Instant.now();
        assertThat(Api.published(customer).archived()).isTrue();
        assertThat(Api.published(customer).subscriptions())
                .allSatisfy(part -> assertThat(part.phaseAt(now)).isEmpty());
        assertThat(Api.published(customer).allowances())
                .allSatisfy(part -> assertThat(part.contains(now)).isFalse());
        given().get("/v1/customers/{c}/subscriptions/{s}", customer, id).then().body("status", equalTo("CANCELED"));
        Api.subscribe(customer, "{\"plan\":\"pro\"}").statusCode(409).body("code", equalTo("CUSTOMER_ARCHIVED"));
        Api.put(customer, "{\"name\":\"New\"}").statusCode(409).body("code", equalTo("CUSTOMER_ARCHIVED"));
        Api.post("/v1/customers/{c}/archive", "{}", customer).statusCode(200).header("Weir-Snapshot-Version", "4");

        Api.post("/v1/customers/{c}/unarchive", "{}", customer)
                .statusCode(200)
                .body("archived", equalTo(false), "archivedAt", nullValue());
        Api.subscribe(customer, "{\"plan\":\"pro\"}").statusCode(201);
    }

    @Test
    void oneWithChildrenIsNotArchived() {
        String parent = Api.customer();
        String child = Api.customer("{\"parent\":\"" + parent + "\"}");

        Api.post("/v1/customers/{c}/archive", "{}", parent)
                .statusCode(409)
                .body("code", equalTo("CUSTOMER_HAS_CHILDREN"));
        Api.post("/v1/customers/{c}/archive", "{}", child).statusCode(200);
        Api.post("/v1/customers/{c}/archive", "{}", parent).statusCode(200);
        Api.put("c-" + UUID.randomUUID(), "{\"parent\":\"" + parent + "\"}")
                .statusCode(422)
                .body("code", equalTo("PARENT_ARCHIVED"));
    }

    @Test
    void listsThoseForWhomAllHolds() {
        String tag = UUID.randomUUID().toString();
        String parent = Api.customer("{\"metadata\":{\"tag\":\"" + tag + "\",\"tier\":2}}");
        String child = Api.customer("{\"parent\":\"" + parent + "\",\"name\":\"Acme " + tag
                + "\",\"metadata\":{\"tag\":\"" + tag + "\",\"tier\":\"2\"}}");
        Api.post("/v1/customers/{c}/archive", "{}", child).statusCode(200);

        expect("metadata.tag=" + tag, parent, child);
        expect("metadata.tag=" + tag + "&metadata.tier=2", parent, child);
        expect("metadata.tag=" + tag + "&archived=false", parent);
        expect("metadata.tag=" + tag + "&archived=true", child);
        expect("parent=" + parent, child);
        expect("search=ACME%20" + tag, child);
        given().get("/v1/customers?archived=maybe").then().statusCode(400).body("errors.field", contains("archived"));
        given().get("/v1/customers?parent=a%20b").then().statusCode(400).body("errors.field", contains("parent"));
    }

    private static void expect(String query, String... customers) {
        java.util.List<String> sorted =
                java.util.Arrays.stream(customers).sorted().toList();
        given().urlEncodingEnabled(false)
                .get("/v1/customers?" + query)
                .then()
                .statusCode(200)
                .body("items.customer", equalTo(sorted));
    }

    @Test
    void aTimeZoneStaysWhilePeriodsAreCountedInIt() {
        String customer = Api.customer("{\"timeZone\":\"Europe/Berlin\"}");
        Api.put(customer, "{\"timeZone\":\"Asia/Tokyo\"}").statusCode(200);
        Api.subscription(customer, "{\"plan\":\"pro\"}");

        Api.put(customer, "{\"timeZone\":\"Europe/Berlin\"}")
                .statusCode(409)
                .body("code", equalTo("TIME_ZONE_IN_USE"), "errors.field", contains("timeZone"));
        Api.put(customer, "{\"timeZone\":\"Asia/Tokyo\",\"name\":\"Other\"}")
                .statusCode(200)
                .body("name", equalTo("Other"));
    }

    @Test
    void resourcesHaveNamesAndSubscriptions() {
        String customer = Api.customer();
        String id = Api.subscription(customer, "{\"plan\":\"pro\",\"resource\":\"site-1\"}");
        Api.subscription(customer, "{\"plan\":\"pro\"}");

        given().contentType("application/json")
                .body("{\"name\":\"Main site\",\"metadata\":{\"region\":\"eu\"}}")
                .put("/v1/customers/{c}/resources/site-1", customer)
                .then()
                .statusCode(200)
                .body("name", equalTo("Main site"), "metadata.region", equalTo("eu"));

        given().get("/v1/customers/{c}/resources", customer)
                .then()
                .body("items.resource", contains("site-1"), "items[0].name", equalTo("Main site"));
        given().get("/v1/customers/{c}/subscriptions?resource=site-1", customer)
                .then()
                .body("items", hasSize(1), "items.id", hasItem(id));
        given().get("/v1/customers/{c}/resources/none", customer)
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_RESOURCE"));
        given().get("/v1/customers/nobody/resources").then().statusCode(404).body("code", equalTo("UNKNOWN_CUSTOMER"));
    }
}
