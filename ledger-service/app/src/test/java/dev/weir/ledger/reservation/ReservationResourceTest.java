package dev.weir.ledger.reservation;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "product",
        roles = {"product", "operator"})
class ReservationResourceTest {

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    @Test
    void holdsSettlesAndGivesBackTheRest() {
        String customer = subscribed(Catalogue.starter());

        String id = reserve(customer, "api-calls", "10");
        post(
                        "/v1/reservations/" + id + "/settle",
                        "{'quantity':'4','event':{'id':'e1-%s','source':'test'}}".formatted(id))
                .statusCode(200)
                .body("state", equalTo("SETTLED"))
                .body("spent[0].unit", equalTo("api-calls"))
                .body("spent[0].amount", equalTo("4"))
                .body("released[0].amount", equalTo("6"))
                .body("overrun", hasSize(0));

        ReservationSettled fact = OutboxProbe.facts("ledger.reservation-settled").stream()
                .map(stored -> stored.bodyAs(ReservationSettled.class))
                .filter(settled -> settled.reservation().toString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(fact.quantity()).isEqualTo(4);
        assertThat(fact.type()).isEqualTo("api-calls.used");
        assertThat(fact.plan()).isEqualTo("starter");
        assertThat(fact.windowEnd()).isAfter(fact.windowStart());
    }

    @Test
    void refusesBeyondAHardLimitAndSaysWhen() {
        String customer = subscribed(Catalogue.starter());
        reserve(customer, "api-calls", "990");

        post("/v1/reservations", "{'customer':'%s','feature':'api-calls','quantity':'11'}".formatted(customer))
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("LIMIT_REACHED"))
                .body("decision.allowed", equalTo(false))
                .body("decision.usage.remaining", equalTo("10"))
                .body("decision.usage.held", equalTo("990"))
                .body("short.amount", equalTo("1"));
    }

    @Test
    void settlingTwiceWithTheSameBodyAnswersTheSame() {
        String customer = subscribed(Catalogue.starter());
        String id = reserve(customer, "api-calls", "5");
        String body = "{'quantity':'5'}";

        String first = post("/v1/reservations/" + id + "/settle", body)
                .statusCode(200)
                .extract()
                .asString();
        String second = post("/v1/reservations/" + id + "/settle", body)
                .statusCode(200)
                .extract()
                .asString();
        post("/v1/reservations/" + id + "/settle", "{'quantity':'4'}")
                .statusCode(409)
                .body("code", equalTo("ALREADY_SETTLED"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void theSameEventIsChargedOnce() {
        String customer = subscribed(Catalogue.starter());
        String first = reserve(customer, "api-calls", "5");
        String second = reserve(customer, "api-calls", "5");
        String event = "{'quantity':'5','event':{'id':'once-%s','source':'test','data':{'a':1}}}".formatted(customer);
        post("/v1/reservations/" + first + "/settle", event).statusCode(200);

        post("/v1/reservations/" + second + "/settle", event)
                .statusCode(200)
                .body("alreadyCharged", equalTo(true))
                .body("spent", hasSize(0))
                .body("released[0].amount", equalTo("5"));

        String third = reserve(customer, "api-calls", "5");
        post(
                        "/v1/reservations/" + third + "/settle",
                        "{'quantity':'5','event':{'id':'once-%s','source':'test','data':{'a':2}}}".formatted(customer))
                .statusCode(409)
                .body("code", equalTo("EVENT_CONFLICT"));
    }

    @Test
    void burnsCreditByTheRateTable() {
        String customer = subscribed(Catalogue.pro());
        String id = post(
                        "/v1/reservations",
                        "{'customer':'%s','feature':'chat','dimensions':{'model':'large','inputTokens':1000,'outputTokens':'2000'}}"
                                .formatted(customer))
                .statusCode(201)
                .body("held[0].unit", equalTo("ai-credits"))
                .body("held[0].amount", equalTo("33"))
                .extract()
                .path("id");

        post(
                        "/v1/reservations/" + id + "/settle",
                        "{'dimensions':{'model':'large','inputTokens':1000,'outputTokens':10}}")
                .statusCode(200)
                .body("spent[0].amount", equalTo("3.15"))
                .body("released[0].amount", equalTo("29.85"));
    }

    @Test
    void goesOnInCreditsBeyondTheIncludedQuantity() {
        String customer = subscribed(Catalogue.starter());
        post("/v1/reservations", "{'customer':'%s','feature':'images','quantity':101}".formatted(customer))
                .statusCode(402)
                .body("code", equalTo("INSUFFICIENT_CREDIT"));
    }

    @Test
    void overageStaysWithinThePlansTermsAndOverrunIsTheVendors() {
        String customer = subscribed(Catalogue.starter());
        String id = reserve(customer, "api-calls", "1000");

        post("/v1/reservations/" + id + "/settle", "{'quantity':1003}")
                .statusCode(200)
                .body("spent[0].amount", equalTo("1000"))
                .body("overrun[0].amount", equalTo("3"));
    }

    @Test
    void namesEveryKindOfBadInput() {
        String customer = subscribed(Catalogue.starter());
        String with = "{'customer':'%s','feature':'%s','quantity':'%s'}";
        post("/v1/reservations", with.formatted("nobody", "api-calls", "1"))
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"))
                .body("decision.reason", equalTo("UNKNOWN_CUSTOMER"));
        post("/v1/reservations", with.formatted(customer, "nothing", "1"))
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_FEATURE"));
        post("/v1/reservations", with.formatted(customer, "api-calls", "-1"))
                .statusCode(400)
                .body("code", equalTo("INVALID_QUANTITY"))
                .body("errors[0].field", equalTo("quantity"));
        post("/v1/reservations", with.formatted(customer, "api-calls", "1.5"))
                .statusCode(400)
                .body("code", equalTo("INVALID_QUANTITY"));
        post("/v1/reservations", with.formatted(customer, "sso", "1"))
                .statusCode(422)
                .body("code", equalTo("NOT_RESERVABLE"));
        post("/v1/reservations", with.formatted(customer, "users", "1"))
                .statusCode(422)
                .body("code", equalTo("NOT_RESERVABLE"));
        post("/v1/reservations", "{'customer':'%s','feature':'api-calls'}".formatted(customer))
                .statusCode(400)
                .body("code", equalTo("REQUIRED"));
        post("/v1/reservations", "{'customer':'%s','featur':'api-calls'}".formatted(customer))
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"));
        post(
                        "/v1/reservations",
                        "{'customer':'%s','feature':'chat','dimensions':{'model':'unheard','inputTokens':1}}"
                                .formatted(customer))
                .statusCode(422)
                .body("code", equalTo("UNPRICED"));
    }

    @Test
    void releasesAndReads() {
        String customer = subscribed(Catalogue.starter());
        String id = reserve(customer, "api-calls", "7");

        post("/v1/reservations/" + id + "/release", "{}")
                .statusCode(200)
                .body("state", equalTo("RELEASED"))
                .body("released[0].amount", equalTo("7"));

        given().get("/v1/reservations/" + id).then().statusCode(200).body("state", equalTo("RELEASED"));
    }

    @Test
    void anUnlimitedFeatureHasNoLeg() {
        String customer = subscribed(Catalogue.starter());
        String id = reserve(customer, "storage", "12.345");

        post("/v1/reservations/" + id + "/settle", "{'quantity':'1.5'}")
                .statusCode(200)
                .body("spent", hasSize(0));
    }

    @Test
    void repeatsUnderTheSameKeyAnswerTheSame() {
        String customer = subscribed(Catalogue.starter());
        String body = "{\"customer\":\"%s\",\"feature\":\"api-calls\",\"quantity\":1}".formatted(customer);
        String key = "key-" + customer;
        String id = given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/v1/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/v1/reservations")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body.replace(":1}", ":2}"))
                .post("/v1/reservations")
                .then()
                .statusCode(409)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void anEdgeGetsTheWalletsBesideTheAnswer() {
        String customer = subscribed(Catalogue.starter());

        given().contentType("application/json")
                .accept("application/vnd.weir.wallets+json")
                .body("{\"customer\":\"%s\",\"feature\":\"api-calls\",\"quantity\":1}".formatted(customer))
                .post("/v1/reservations")
                .then()
                .statusCode(201)
                .contentType("application/vnd.weir.wallets+json")
                .body("answer.state", equalTo("HELD"))
                .body("wallets[0].available", equalTo(999))
                .body("wallets[0].held", equalTo(1));
    }
}
