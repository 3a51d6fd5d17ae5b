package dev.weir.ledger.reservation;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class UnresolvedResourceTest {
    private String customer = "";

    @BeforeEach
    void aCustomerWithCredit() {
        LedgerTestSupport.catalog();
        customer = subscribed(Catalogue.starter());
        ProofProgram.grant(customer, "{'unit':'ai-credits','amount':'10','category':'PAID'}");
    }

    private ValidatableResponse unresolved() {
        return given().get("/v1/ledger/unresolved?customer=" + customer).then().statusCode(200);
    }

    /** Lets a hold's deadline pass. */
    private static void overdue(String reservation) {
        ProofProgram.tamper("UPDATE reservation SET deadline_at = now() WHERE resv_id = '" + reservation + "'");
    }

    private void awaitState(String reservation, String state) {
        await().until(() ->
                given().get("/v1/reservations/" + reservation).path("state").equals(state));
    }

    @Test
    void listsAHoldFromItsLapseUntilItIsReported() {
        String hold = reserve(customer, "chat", "4");
        unresolved().body("items", empty());
        overdue(hold);
        awaitState(hold, "QUARANTINED");
        unresolved()
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(hold))
                .body("items[0].state", equalTo("QUARANTINED"))
                .body("items[0].held[0].amount", equalTo("4"));

        post("/v1/reservations/" + hold + "/settle", "{'quantity':'1'}").statusCode(200);

        unresolved().body("items", empty());
    }

    @Test
    void keepsWhatWasGivenBackWithoutAReportOnTheList() {
        String hold = reserve(customer, "chat", "4");
        overdue(hold);
        awaitState(hold, "QUARANTINED");
        overdue(hold);

        awaitState(hold, "RELEASED");

        unresolved().body("items[0].state", equalTo("RELEASED")).body("items[0].held", empty());
    }
}
