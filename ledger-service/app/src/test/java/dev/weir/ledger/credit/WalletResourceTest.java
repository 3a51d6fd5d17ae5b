package dev.weir.ledger.credit;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator", "platform"})
class WalletResourceTest {

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private static String grant(String customer, String body) {
        return post("/v1/customers/" + customer + "/grants", body)
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void grantsCreditThatBurnsPromotionalFirst() {
        String customer = subscribed(Catalogue.starter());
        String paid = grant(
                customer,
                "{'unit':'ai-credits','amount':'10','category':'PAID','cost':{'amount':'5.00','currency':'USD'}}");
        String promotional =
                grant(customer, "{'unit':'ai-credits','amount':2,'category':'PROMOTIONAL','reason':'welcome'}");

        String id = post("/v1/reservations", "{'customer':'%s','feature':'chat','quantity':'3'}".formatted(customer))
                .statusCode(201)
                .extract()
                .path("id");
        post("/v1/reservations/" + id + "/settle", "{'quantity':'3'}")
                .statusCode(200)
                .body("spent[0].blocks[0].block", equalTo(promotional))
                .body("spent[0].blocks[0].amount", equalTo("2"))
                .body("spent[0].blocks[1].block", equalTo(paid))
                .body("spent[0].blocks[1].amount", equalTo("1"));

        given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .statusCode(200)
                .body("available", equalTo("9"))
                .body("held", equalTo("0"))
                .body("overdraft", equalTo("0"))
                .body("limit.floor", equalTo("0"))
                .body("blocks", hasSize(2))
                .body("asOf", notNullValue());
        given().get("/v1/customers/" + customer + "/grants")
                .then()
                .statusCode(200)
                .body("items", hasSize(2));
    }

    @Test
    void aRecurringGrantIsThereWithoutAnybodyWakingUp() {
        String customer = subscribed(Catalogue.pro());

        given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .statusCode(200)
                .body("available", equalTo("1000"))
                .body("limit.kind", equalTo("SOFT"))
                .body("limit.floor", equalTo("-500"))
                .body("blocks[0].source", equalTo("RECURRING"));
        given().get("/v1/customers/" + customer + "/wallets")
                .then()
                .statusCode(200)
                .body("items.unit", hasItem("api-calls"))
                .body("items.unit", hasItem("ai-credits"));
        given().get("/internal/v1/customers/" + customer + "/wallets")
                .then()
                .statusCode(200)
                .body("find { it.unit == 'api-calls' }.available", equalTo(10000));
        assertThat(OutboxProbe.states("ledger.wallet"))
                .anyMatch(state -> state.body().path("root").asText().equals(customer)
                        && state.body().path("unit").asText().equals("ai-credits"));
        assertThat(OutboxProbe.states("ledger.customer-applied"))
                .anyMatch(state -> state.aggregateId().equals(customer) && state.version() == 1);
        assertThat(OutboxProbe.states("ledger.catalog-applied")).hasSize(1);
    }

    @Test
    void softCreditGoesIntoOverdraftAndTheNextGrantRepaysIt() {
        String customer = subscribed(Catalogue.pro());
        String id = post("/v1/reservations", "{'customer':'%s','feature':'chat','quantity':'1200'}".formatted(customer))
                .statusCode(201)
                .extract()
                .path("id");
        post("/v1/reservations/" + id + "/settle", "{'quantity':'1200'}")
                .statusCode(200)
                .body("spent[0].overdraft", equalTo("200"));
        post("/v1/reservations", "{'customer':'%s','feature':'chat','quantity':'301'}".formatted(customer))
                .statusCode(402)
                .body("short.amount", equalTo("1"));

        grant(customer, "{'unit':'ai-credits','amount':'250','category':'PROMOTIONAL'}");

        given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .body("available", equalTo("50"))
                .body("overdraft", equalTo("0"));
    }

    @Test
    void showsTheJournalAndThePast() {
        String customer = subscribed(Catalogue.starter());
        grant(customer, "{'unit':'ai-credits','amount':'10','category':'PAID'}");
        Instant before = Instant.now();
        grant(customer, "{'unit':'ai-credits','amount':'5','category':'PAID'}");

        String next = given().queryParam("limit", 1)
                .get("/v1/customers/" + customer + "/wallets/ai-credits/journal")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].seq", equalTo(1))
                .body("items[0].kind", equalTo("GRANT"))
                .body("items[0].from", equalTo("ISSUANCE"))
                .body("items[0].availableAfter", equalTo("10"))
                .extract()
                .path("next");
        given().queryParam("after", next)
                .get("/v1/customers/" + customer + "/wallets/ai-credits/journal")
                .then()
                .body("items", hasSize(1))
                .body("items[0].seq", equalTo(2))
                .body("next", nullValue());
        given().queryParam("asOf", before.toString())
                .get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .statusCode(200)
                .body("available", equalTo("10"));
    }

    @Test
    void refusesBadGrants() {
        String customer = subscribed(Catalogue.starter());
        String path = "/v1/customers/" + customer + "/grants";
        post(path, "{'unit':'gold','amount':'1','category':'PAID'}")
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_UNIT"));
        post(path, "{'unit':'ai-credits','amount':'-1','category':'PAID'}")
                .statusCode(400)
                .body("code", equalTo("INVALID_QUANTITY"));
        post(path, "{'unit':'ai-credits','amount':'0.0000001','category':'PAID'}")
                .statusCode(400)
                .body("code", equalTo("INVALID_QUANTITY"));
        post(path, "{'unit':'ai-credits','amount':'1','category':'PAID','expiresAt':'2020-01-01T00:00:00Z'}")
                .statusCode(400)
                .body("code", equalTo("INVALID_VALUE"));
        post("/v1/customers/nobody/grants", "{'unit':'ai-credits','amount':'1','category':'PAID'}")
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
        given().get("/v1/customers/" + customer + "/wallets/gold")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_UNIT"));
    }

    @Test
    void aGrantUnderOneKeyIsGivenOnce() {
        String customer = subscribed(Catalogue.starter());
        String body = "{\"unit\":\"ai-credits\",\"amount\":\"7\",\"category\":\"PAID\"}";
        for (int i = 0; i < 2; i++) {
            given().header("Idempotency-Key", "k-" + customer)
                    .contentType("application/json")
                    .body(body)
                    .post("/v1/customers/" + customer + "/grants")
                    .then()
                    .statusCode(201);
        }

        given().get("/v1/customers/" + customer + "/wallets/ai-credits").then().body("available", equalTo("7"));
    }

    @Test
    @TestSecurity(user = "product", roles = "product")
    void aProductMayReadWalletsButNotGrant() {
        String customer = subscribed(Catalogue.starter());
        given().get("/v1/customers/" + customer + "/wallets").then().statusCode(200);

        post("/v1/customers/" + customer + "/grants", "{'unit':'ai-credits','amount':'1','category':'PAID'}")
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
    }
}
