package dev.weir.ledger.credit;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator", "finance"})
class AdjustmentResourceTest {

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private static String sold(String customer) {
        return post(
                        "/v1/customers/" + customer + "/grants",
                        "{'unit':'ai-credits','amount':'100','category':'PAID','cost':{'amount':'10.00','currency':'USD'}}")
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String credits(String customer) {
        return "/v1/customers/" + customer + "/wallets/ai-credits";
    }

    private static void use(String customer, String amount) {
        String id = reserve(customer, "chat", amount);
        post("/v1/reservations/" + id + "/settle", "{'quantity':'" + amount + "'}")
                .statusCode(200);
    }

    private static void verified() {
        post("/v1/ledger/verify", "{}").statusCode(200).body("fits", equalTo(true));
    }

    @Test
    void aFullRefundOfABlockOfWhichFortyPercentIsUsed() {
        String customer = subscribed(Catalogue.starter());
        String block = sold(customer);
        use(customer, "40");

        post(credits(customer) + "/blocks/" + block + "/refund", "{'reason':'not needed'}")
                .statusCode(200)
                .body("voided", equalTo("60"))
                .body("refunded.amount", equalTo("6.00"))
                .body("refunded.currency", equalTo("USD"))
                .body("block.consumed", equalTo("40"));

        given().get(credits(customer)).then().body("available", equalTo("0"));
        given().get(credits(customer) + "/journal")
                .then()
                .body("items.findAll { it.kind == 'REFUND' }[0].facts.refundMinor", equalTo("600"))
                .body("items.findAll { it.kind == 'REFUND' }[0].reason", equalTo("not needed"));
        verified();
    }

    @Test
    void aRefundIsMadeOnceHoweverOftenItIsAsked() {
        String customer = subscribed(Catalogue.starter());
        String block = sold(customer);
        for (int i = 0; i < 2; i++) {
            given().contentType("application/json")
                    .header("Idempotency-Key", "refund-" + customer)
                    .body("{\"amount\":\"10\",\"reason\":\"asked\"}")
                    .post(credits(customer) + "/blocks/" + block + "/refund")
                    .then()
                    .statusCode(200)
                    .body("refunded.amount", equalTo("1.00"));
        }

        given().get(credits(customer)).then().body("available", equalTo("90"));
    }

    @Test
    void saysWhatIsWrong() {
        String customer = subscribed(Catalogue.starter());
        String block = sold(customer);
        String path = credits(customer) + "/blocks/" + block;

        post(path + "/void", "{'amount':'1'}").statusCode(400).body("errors[0].field", equalTo("reason"));
        post(path + "/void", "{'amount':'101','reason':'x'}").statusCode(409).body("code", equalTo("NOT_UNUSED"));
        post(path + "/refund", "{'money':{'amount':'1.00','currency':'EUR'},'reason':'x'}")
                .statusCode(422)
                .body("code", equalTo("CURRENCY_MISMATCH"));
        post(credits(customer) + "/blocks/00000000-0000-7000-8000-000000000000/void", "{'reason':'x'}")
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_BLOCK"));
        post("/v1/customers/" + customer + "/wallets/api-calls/blocks/" + block + "/void", "{'reason':'x'}")
                .statusCode(422)
                .body("code", equalTo("NOT_CREDIT"));
        post(credits(customer) + "/transfer", "{'to':'nobody-here','amount':'1','reason':'x'}")
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_CUSTOMER"));
        post(credits(customer) + "/transfer", "{'to':'%s','amount':'1','reason':'x'}".formatted(customer))
                .statusCode(422)
                .body("code", equalTo("SAME_WALLET"));
        given().get(credits(customer)).then().body("available", equalTo("100"));
    }

    @Test
    void aFrozenWalletAnswersFrozenUntilItIsNot() {
        String customer = subscribed(Catalogue.starter());
        sold(customer);
        String held = reserve(customer, "chat", "5");

        post(credits(customer) + "/freeze", "{'reason':'dispute'}")
                .statusCode(200)
                .body("status", equalTo("FROZEN"));

        post("/v1/reservations", "{'customer':'%s','feature':'chat','quantity':'1'}".formatted(customer))
                .statusCode(403)
                .body("code", equalTo("FROZEN"));
        post("/v1/reservations/" + held + "/extend", "{'quantity':'1'}")
                .statusCode(403)
                .body("code", equalTo("FROZEN"));
        post("/v1/reservations/" + held + "/settle", "{'quantity':'3'}").statusCode(200);
        given().get(credits(customer)).then().body("status", equalTo("FROZEN")).body("available", equalTo("97"));
        post(credits(customer) + "/unfreeze", "{'reason':'settled'}")
                .statusCode(200)
                .body("status", equalTo("ACTIVE"));
        use(customer, "1");
        verified();
    }

    @Test
    void aChargebackOfUsedCreditLeavesAReceivableAndFreezes() {
        String customer = subscribed(Catalogue.starter());
        String block = sold(customer);
        use(customer, "40");

        post(credits(customer) + "/blocks/" + block + "/clawback", "{'reason':'chargeback','freeze':true}")
                .statusCode(200)
                .body("voided", equalTo("60"))
                .body("receivable", equalTo("40"))
                .body("receivableMoney.amount", equalTo("4.00"))
                .body("refunded.amount", equalTo("6.00"))
                .body("walletStatus", equalTo("FROZEN"));
        verified();
    }

    @Test
    void creditGoesToAnotherCustomerWithItsCost() {
        String giver = subscribed(Catalogue.starter());
        String taker = subscribed(Catalogue.starter());
        String block = sold(giver);

        post(credits(giver) + "/transfer", "{'to':'%s','amount':'30','reason':'merger'}".formatted(taker))
                .statusCode(201)
                .body("to", equalTo(taker))
                .body("blocks[0].block", equalTo(block))
                .body("blocks[0].cost.amount", equalTo("3.00"))
                .body("blocks[0].child", notNullValue());

        given().get(credits(giver)).then().body("available", equalTo("70")).body("blocks[0].moved", equalTo("30"));
        given().get(credits(taker))
                .then()
                .body("available", equalTo("30"))
                .body("blocks", hasSize(1))
                .body("blocks[0].source", equalTo("TRANSFER"));
        given().get(credits(giver) + "/blocks/" + block)
                .then()
                .statusCode(200)
                .body("moved", equalTo("30"))
                .body("cost.paid", equalTo("10.00"))
                .body("cost.moved", equalTo("3.00"));
        given().get(credits(taker) + "/blocks/" + block).then().statusCode(404).body("code", equalTo("UNKNOWN_BLOCK"));
        given().get(credits(taker) + "/journal").then().body("items.kind", hasItem("TRANSFER"));
        verified();
    }

    @Test
    void aDebitByHandUsesCreditInBurnOrder() {
        String customer = subscribed(Catalogue.starter());
        String block = sold(customer);

        post(credits(customer) + "/debits", "{'amount':'12.5','reason':'support hours'}")
                .statusCode(201)
                .body("blocks[0].block", equalTo(block))
                .body("available", equalTo("87.5"));
        post(credits(customer) + "/debits", "{'amount':'100','reason':'support hours'}")
                .statusCode(402)
                .body("code", equalTo("INSUFFICIENT_CREDIT"));
    }
}
