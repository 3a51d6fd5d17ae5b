package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.CatalogApplied;
import dev.weir.gateway.StubServices.Reply;
import dev.weir.gateway.freshness.app.CustomerFreshness;
import dev.weir.ledger.contract.CustomerApplied;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StubServices.class)
class FreshnessTest extends EdgeTest {

    @Inject
    CustomerFreshness freshness;

    @Test
    void aWriteIsAnsweredOnceTheLedgerWorksByIt() {
        String customer = someone();
        exists(customer, 2, 10);
        write(customer, 2);
        services.on("GET", internal(customer, "applied"), Reply.json(200, Map.of("version", 1)));

        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> subscribe(customer));
        await().until(() ->
                !services.received("GET", internal(customer, "applied")).isEmpty());
        assertThat(answer).isNotDone();
        tell("ledger.customer-applied.v1.00", customer, new CustomerApplied(customer, 2));

        answer.join().then().statusCode(201).header("Weir-Pending", nullValue()).body("id", equalTo("s1"));
        assertThat(cache.holds(customer)).isTrue();
        assertThat(freshness.watches(customer)).isFalse();
        check(customer, "sso").body("allowed", equalTo(true)).body("snapshotVersion", equalTo(2));
    }

    @Test
    void aWriteThatChangesNothingDoesNotWaitForAnEvent() {
        String customer = someone();
        exists(customer, 2, 10);
        write(customer, 2);
        services.on("GET", internal(customer, "applied"), Reply.json(200, Map.of("version", 2)));

        subscribe(customer).then().statusCode(201).header("Weir-Pending", nullValue());
    }

    @Test
    void anUnknownCustomerIsSeenRightAfterItIsMade() {
        String customer = someone();
        check(customer, "sso").body("reason", equalTo("UNKNOWN_CUSTOMER"));
        exists(customer, 1, 10);
        services.on(
                "PUT",
                "/v1/customers/" + customer,
                Reply.json(201, Map.of("customer", customer)).with("Weir-Snapshot-Version", "1"));
        services.on("GET", internal(customer, "applied"), Reply.json(200, Map.of("version", 1)));

        as("operator").body("{}").put("/v1/customers/{c}", customer).then().statusCode(201);

        check(customer, "sso").body("allowed", equalTo(true));
    }

    @Test
    void aWriteThatTheLedgerDoesNotTakeUpInTimeIsPending() {
        String customer = someone();
        exists(customer, 2, 10);
        write(customer, 2);
        services.on("GET", internal(customer, "applied"), Reply.json(200, Map.of("version", 1)));
        Instant before = Instant.now();

        subscribe(customer)
                .then()
                .statusCode(201)
                .header("Weir-Pending", equalTo("true"))
                .body("id", equalTo("s1"));

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aRefusedWriteIsPassedBackAtOnce() {
        String customer = someone();
        services.on(
                "POST",
                "/v1/customers/" + customer + "/subscriptions",
                Reply.json(409, Map.of("code", "SUBSCRIPTION_EXISTS"))
                        .with("Content-Type", "application/problem+json"));

        subscribe(customer).then().statusCode(409).body("code", equalTo("SUBSCRIPTION_EXISTS"));

        assertThat(services.received("GET", internal(customer, "applied"))).isEmpty();
    }

    @Test
    void aCatalogIsAnsweredOnceEveryServiceWorksByIt() {
        services.on("PUT", "/v1/catalog", Reply.json(200, Map.of("version", 7)).with("Weir-Catalog-Version", "7"));
        services.on("GET", "/internal/v1/catalog-in-force", Reply.json(200, SampleData.catalog(7)));

        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> as("catalog-admin").body("{}").put("/v1/catalog"));
        await().until(() -> !services.received("PUT", "/v1/catalog").isEmpty());
        tell("entitlement.catalog-applied.v1.00", "catalog", new CatalogApplied(7));
        tell("ledger.catalog-applied.v1.00", "catalog", new CatalogApplied(7));
        assertThat(answer).isNotDone();
        tell("metering.catalog-applied.v1.00", "catalog", new CatalogApplied(7));

        answer.join().then().statusCode(200).header("Weir-Pending", nullValue()).body("version", equalTo(7));
    }

    private void write(String customer, long version) {
        services.on(
                "POST",
                "/v1/customers/" + customer + "/subscriptions",
                Reply.json(201, Map.of("id", "s1")).with("Weir-Snapshot-Version", Long.toString(version)));
    }

    private Response subscribe(String customer) {
        return as("operator").body("{\"plan\":\"pro\"}").post("/v1/customers/{c}/subscriptions", customer);
    }
}
