package dev.weir.ledger.threshold;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.weir.billing.contract.RechargeFailed;
import dev.weir.billing.contract.RechargePaid;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.ledger.contract.BalanceThresholdCrossed;
import dev.weir.ledger.contract.RechargeRequested;
import dev.weir.ledger.contract.WalletDepleted;
import dev.weir.ledger.threshold.app.Recharges;
import dev.weir.platform.servicekit.events.EventConsumer.Delivery;
import dev.weir.platform.testkit.OutboxProbe;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class ThresholdResourceTest {
    @Inject
    Recharges recharges;

    private String customer = "";

    @BeforeEach
    void aCustomerWithAHundredCredits() {
        LedgerTestSupport.catalog();
        customer = subscribed(Catalogue.starter());
        grant("100");
    }

    private void grant(String amount) {
        post(
                        "/v1/customers/" + customer + "/grants",
                        "{'unit':'ai-credits','amount':'%s','category':'PAID'}".formatted(amount))
                .statusCode(201);
    }

    private ValidatableResponse put(String what, String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/v1/customers/" + customer + "/wallets/ai-credits/" + what)
                .then();
    }

    private ValidatableResponse get(String what) {
        return given().get("/v1/customers/" + customer + "/wallets/ai-credits/" + what)
                .then();
    }

    /** Spends through a hold. */
    private void spend(String credits) {
        String id = reserve(customer, "chat", credits);
        post("/v1/reservations/" + id + "/settle", "{'quantity':'" + credits + "'}")
                .statusCode(200);
    }

    private List<BalanceThresholdCrossed> crossings() {
        return OutboxProbe.facts("ledger.balance-threshold-crossed").stream()
                .map(fact -> fact.bodyAs(BalanceThresholdCrossed.class))
                .filter(crossed -> crossed.root().equals(customer))
                .toList();
    }

    private List<WalletDepleted> depletions() {
        return OutboxProbe.facts("ledger.wallet-depleted").stream()
                .map(fact -> fact.bodyAs(WalletDepleted.class))
                .filter(depleted -> depleted.root().equals(customer))
                .toList();
    }

    private List<RechargeRequested> requests() {
        return OutboxProbe.facts("ledger.recharge-requested").stream()
                .map(fact -> fact.bodyAs(RechargeRequested.class))
                .filter(request -> request.customer().equals(customer))
                .toList();
    }

    @Test
    void tellsEachCrossingOnceAndArmsAgainWhenTheBalanceHasRisen() {
        put("thresholds", "{'thresholds':[{'name':'low','amount':'50'},{'name':'fifth','percent':'20'}]}")
                .statusCode(200)
                .body("items", hasSize(2));
        spend("49");
        assertThat(crossings()).isEmpty();
        spend("1");
        spend("10");
        assertThat(crossings())
                .extracting(BalanceThresholdCrossed::threshold, BalanceThresholdCrossed::available)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("low", 50_000_000L));
        grant("100");

        spend("100");

        // 40 of 200 are left: a fifth, and again no more than 50.
        assertThat(crossings())
                .extracting(BalanceThresholdCrossed::threshold)
                .containsExactlyInAnyOrder("low", "low", "fifth");
        get("thresholds").body("items.find{it.name=='low'}.lastCrossedAt", notNullValue());
    }

    @Test
    void tellsOfADepletedWalletOnceEachTimeAlsoWhenTheRestIsHeld() {
        spend("60");
        String held = reserve(customer, "chat", "40");
        assertThat(depletions()).hasSize(1);
        assertThat(depletions().getFirst().held()).isEqualTo(40_000_000);
        post("/v1/reservations/" + held + "/release", "{}").statusCode(200);

        spend("40");

        assertThat(depletions()).hasSize(2);
    }

    @Test
    void removesThresholds() {
        put("thresholds", "{'thresholds':[{'name':'low','amount':'50'}]}").statusCode(200);

        given().delete("/v1/customers/" + customer + "/wallets/ai-credits/thresholds")
                .then()
                .statusCode(204);

        get("thresholds").body("items", empty());
        spend("60");
        assertThat(crossings()).isEmpty();
    }

    @Test
    void saysWhichFieldOfAThresholdIsWrong() {
        put("thresholds", "{'thresholds':[{'name':'low','amount':'50','percent':'20'}]}")
                .statusCode(400)
                .body("errors[0].field", equalTo("thresholds[0]"));
        put("thresholds", "{'thresholds':[{'name':'low','percent':'101'}]}")
                .statusCode(400)
                .body("errors[0].field", equalTo("thresholds[0].percent"));
        put("thresholds", "{'thresholds':[{'name':'a','amount':'1'},{'name':'a','amount':'2'}]}")
                .statusCode(400)
                .body("errors[0].code", equalTo("DUPLICATE"));
    }

    @Test
    void buysCreditWhenTheWalletRunsLowOnceAndIssuesWhatWasPaidOnce() {
        put("auto-recharge", "{'threshold':'20','target':'100','unitPrice':{'amount':'0.02','currency':'USD'}}")
                .statusCode(200)
                .body("requests", empty());
        spend("85");
        spend("5");
        List<RechargeRequested> requests = requests();
        assertThat(requests).hasSize(1);
        RechargeRequested request = requests.getFirst();
        assertThat(request.quantity()).isEqualTo(85_000_000);
        assertThat(request.cost()).isEqualByComparingTo("1.70");
        RechargePaid paid = new RechargePaid(request.request(), customer, "stripe", "in_1");

        Delivery first = TestEvents.deliver(
                "dev.weir.billing.recharge-paid.v1", customer, request.request().toString(), paid);
        Delivery again =
                TestEvents.deliver("dev.weir.billing.recharge-paid.v1", customer, request.request() + ":other", paid);

        assertThat(first).isEqualTo(Delivery.HANDLED);
        assertThat(again).isEqualTo(Delivery.HANDLED);
        given().get("/v1/customers/" + customer + "/wallets/ai-credits")
                .then()
                .body("available", equalTo("95"))
                .body("blocks", hasSize(2));
        get("auto-recharge")
                .body("requests", hasSize(1))
                .body("requests[0].state", equalTo("PAID"))
                .body("spentThisMonth", equalTo("1.70"));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void showsAFailedPurchaseAndDoesNotAskAgainAtOnce() {
        put("auto-recharge", "{'threshold':'99','amount':'50','unitPrice':{'amount':'0.02','currency':'USD'}}")
                .statusCode(200);
        spend("10");
        RechargeRequested request = requests().getFirst();

        TestEvents.deliver(
                "dev.weir.billing.recharge-failed.v1",
                customer,
                request.request().toString(),
                new RechargeFailed(request.request(), customer, "stripe", "card_declined"));

        spend("10");
        recharges.retry();
        get("auto-recharge")
                .body("requests", hasSize(1))
                .body("requests[0].state", equalTo("FAILED"))
                .body("requests[0].failure", equalTo("card_declined"))
                .body("retryAt", notNullValue());
        assertThat(requests()).hasSize(1);
    }

    @Test
    void asksAgainForAFailedPurchaseWhenItsTimeHasComeAlsoIfNobodyUsesTheWallet() {
        put("auto-recharge", "{'threshold':'500','amount':'50','unitPrice':{'amount':'0.02','currency':'USD'}}")
                .statusCode(200);
        RechargeRequested failed = requests().getFirst();
        TestEvents.deliver(
                "dev.weir.billing.recharge-failed.v1",
                customer,
                failed.request().toString(),
                new RechargeFailed(failed.request(), customer, "stripe", "card_declined"));
        ProofProgram.tamper(
                "UPDATE recharge_request SET retry_at = now() WHERE request_id = '" + failed.request() + "'");

        recharges.retry();
        recharges.retry();

        assertThat(requests()).extracting(RechargeRequested::attempt).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void decidesAtOnceWhenTheRuleIsPut() {
        put("auto-recharge", "{'threshold':'500','amount':'50','unitPrice':{'amount':'0.02','currency':'USD'}}")
                .statusCode(200)
                .body("requests", hasSize(1));

        assertThat(requests()).extracting(RechargeRequested::cost).containsExactly(new BigDecimal("1.00"));
    }

    @Test
    void buysNothingForALimit() {
        given().contentType("application/json")
                .body("{}")
                .put("/v1/customers/" + customer + "/wallets/api-calls/auto-recharge")
                .then()
                .statusCode(422)
                .body("code", equalTo("NOT_A_CREDIT_UNIT"));
    }
}
