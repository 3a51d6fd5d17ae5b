package dev.weir.ledger.usage;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.ledger.contract.UsageReversed;
import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.contract.WindowId;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator", "finance"})
class ReversalResourceTest {

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private static void used(String customer, String feature, String quantity, String event) {
        String id = reserve(customer, feature, quantity);
        post(
                        "/v1/reservations/" + id + "/settle",
                        "{'quantity':'%s','event':{'id':'%s','source':'app'}}".formatted(quantity, event))
                .statusCode(200);
    }

    private static String reversals(String customer) {
        return "/v1/customers/" + customer + "/usage/reversals";
    }

    /** Metering's word on the window of a settled use: so much enforced. */
    private static void metered(ReservationSettled settled, long revision, long enforced) {
        UUID window = WindowId.of(settled.customer(), settled.feature(), settled.resource(), settled.windowStart());
        TestEvents.deliver(
                "dev.weir.metering.window-closed.v1",
                window.toString(),
                window + ":" + revision,
                new dev.weir.metering.contract.WindowClosed(
                        window,
                        settled.customer(),
                        settled.root(),
                        settled.feature(),
                        settled.featureType(),
                        settled.resource(),
                        settled.windowStart(),
                        settled.windowEnd(),
                        revision,
                        settled.scale(),
                        0,
                        0,
                        enforced,
                        0,
                        1,
                        "hash",
                        false,
                        settled.subscription(),
                        settled.plan(),
                        settled.planVersion(),
                        settled.planHash(),
                        settled.periodFrom(),
                        settled.periodTo()));
    }

    private static List<WindowClosed> closed(String customer) {
        return OutboxProbe.facts("ledger.window-closed").stream()
                .map(fact -> fact.bodyAs(WindowClosed.class))
                .filter(window -> window.customer().equals(customer))
                .toList();
    }

    @Test
    void theWindowAgreesWithMeteringAfterAReversal() {
        String customer = subscribed(Catalogue.starter());
        post("/v1/customers/" + customer + "/grants", "{'unit':'ai-credits','amount':'100','category':'PAID'}")
                .statusCode(201);
        used(customer, "images", "130", "e-" + customer);
        ReservationSettled settled = OutboxProbe.facts("ledger.reservation-settled").stream()
                .map(fact -> fact.bodyAs(ReservationSettled.class))
                .filter(fact -> fact.customer().equals(customer))
                .findFirst()
                .orElseThrow();
        metered(settled, 1, 130);
        assertThat(closed(customer)).hasSize(1);

        post(
                        reversals(customer),
                        "{'source':'app','id':'e-%s','feature':'images','quantity':'40','reason':'bad images'}"
                                .formatted(customer))
                .statusCode(201)
                .body("quantity", equalTo("40"))
                .body("restored", hasSize(2))
                .body("restored[0].unit", equalTo("ai-credits"))
                .body("restored[0].amount", equalTo("6"))
                .body("restored[1].unit", equalTo("images"))
                .body("restored[1].amount", equalTo("10"));

        UsageReversed fact = OutboxProbe.facts("ledger.usage-reversed").stream()
                .map(sent -> sent.bodyAs(UsageReversed.class))
                .filter(sent -> sent.customer().equals(customer))
                .findFirst()
                .orElseThrow();
        assertThat(fact.quantity()).isEqualTo(40);
        assertThat(fact.reservation()).isEqualTo(settled.reservation());
        assertThat(fact.windowStart()).isEqualTo(settled.windowStart());
        metered(settled, 2, 130 - fact.quantity());
        WindowClosed last = closed(customer).getLast();
        assertThat(last.metered()).isEqualTo(90);
        assertThat(last.included()).isEqualTo(90);
        assertThat(last.creditCovered()).isZero();
        post("/v1/ledger/verify", "{}").statusCode(200).body("fits", equalTo(true));
    }

    @Test
    void isListedAndShownWithTheChargeAndNotMadeTwice() {
        String customer = subscribed(Catalogue.starter());
        used(customer, "api-calls", "7", "f-" + customer);
        String all = "{'source':'app','id':'f-%s','feature':'api-calls','reason':'outage'}".formatted(customer);

        post(reversals(customer), all).statusCode(201).body("quantity", equalTo("7"));
        post(reversals(customer), all).statusCode(409).body("code", equalTo("NOT_CHARGED"));
        post(reversals(customer), "{'source':'app','id':'nothing','feature':'api-calls','reason':'outage'}")
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_USAGE"));
        post(
                        reversals(customer),
                        "{'source':'app','id':'f','feature':'api-calls','expired':'REVIVE','reason':'outage'}")
                .statusCode(400)
                .body("errors[0].field", equalTo("days"));

        given().get(reversals(customer))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].event", equalTo("f-" + customer))
                .body("items[0].quantity", equalTo("7"))
                .body("items[0].reason", equalTo("outage"));
        given().queryParam("source", "app")
                .queryParam("id", "f-" + customer)
                .queryParam("feature", "api-calls")
                .get("/v1/customers/" + customer + "/usage/charges")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].kind", equalTo("SPEND"))
                .body("items[1].kind", equalTo("REVERSE"))
                .body("items[1].reverses", equalTo(3));
        given().get("/v1/customers/" + customer + "/wallets/api-calls").then().body("available", equalTo("1000"));
    }
}
