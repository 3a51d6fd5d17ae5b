package dev.weir.gateway;

import static io.restassured.RestAssured.given;

import dev.weir.gateway.StubServices.Reply;
import dev.weir.gateway.customers.app.CustomerCache;
import dev.weir.gateway.feed.app.EventSink;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** What the edge's component tests share: the stub behind it, and customers that it serves. */
@SuppressWarnings("NullAway.Init") // the test resource injects itself
abstract class EdgeTest {
    StubServices services;

    @Inject
    EventSink events;

    @Inject
    CustomerCache cache;

    @BeforeEach
    void begin() {
        services.reset();
        cache.fed(true);
        services.on(
                "GET",
                "/internal/v1/bodies/" + SampleData.PLAN_HASH,
                Reply.json(200, Map.of("plan", SampleData.plan())));
        services.on("GET", "/internal/v1/catalog-in-force", Reply.json(200, SampleData.catalog(1)));
        tell("catalog.catalog.v1.00", "catalog", SampleData.catalog(1));
    }

    /** A customer of its own for each test. */
    static String someone() {
        return "c-" + UUID.randomUUID();
    }

    /** Makes the services know a subscribed customer with so many credits. */
    void exists(String customer, long version, long credits) {
        services.on(
                "GET", internal(customer, "snapshot"), Reply.json(200, SampleData.snapshot(customer, version, true)));
        services.on(
                "GET",
                internal(customer, "wallets"),
                Reply.json(200, List.of(SampleData.credits(customer, 1, credits))));
    }

    static String internal(String customer, String what) {
        return "/internal/v1/customers/" + customer + "/" + what;
    }

    void tell(String routingKey, String subject, Object data) {
        try {
            events.accept(routingKey, SampleData.event(subject, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RequestSpecification as(String... roles) {
        return given().header("Authorization", "Bearer " + services.token(roles))
                .contentType("application/json");
    }

    io.restassured.response.ValidatableResponse check(String customer, String feature) {
        return as("product")
                .body(Map.of("customer", customer, "feature", feature))
                .post("/v1/check")
                .then()
                .statusCode(200);
    }
}
