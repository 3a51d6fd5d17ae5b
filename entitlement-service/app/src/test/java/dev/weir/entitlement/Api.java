package dev.weir.entitlement;

import static io.restassured.RestAssured.given;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.platform.testkit.OutboxProbe;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.UUID;

/** The calls that tests make. */
final class Api {
    private Api() {}

    static String customer() {
        return customer("{}");
    }

    static String customer(String body) {
        String id = "c-" + UUID.randomUUID();
        put(id, body).statusCode(200);
        return id;
    }

    static ValidatableResponse put(String customer, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/v1/customers/{c}", customer)
                .then();
    }

    static ValidatableResponse post(String path, String body, Object... parts) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(path, parts)
                .then();
    }

    static ValidatableResponse subscribe(String customer, String body) {
        return post("/v1/customers/{c}/subscriptions", body, customer);
    }

    static String subscription(String customer, String body) {
        return subscribe(customer, body).statusCode(201).extract().path("id");
    }

    static ValidatableResponse act(String customer, String subscription, String action, String body) {
        return post("/v1/customers/{c}/subscriptions/{s}/" + action, body, customer, subscription);
    }

    /** All that decides what a customer has at an instant. */
    static CustomerSnapshot at(String customer, Instant instant) {
        String body = given().get("/internal/v1/customers/{c}/snapshot?asOf={at}", customer, instant.toString())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return JsonColumn.read(body, CustomerSnapshot.class);
    }

    static CustomerSnapshot published(String customer) {
        return OutboxProbe.states("entitlement.customer-snapshot").stream()
                .filter(state -> state.aggregateId().equals(customer))
                .findFirst()
                .orElseThrow()
                .bodyAs(CustomerSnapshot.class);
    }
}
