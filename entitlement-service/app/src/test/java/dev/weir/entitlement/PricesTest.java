package dev.weir.entitlement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.contract.PriceOverridePart;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a customer pays: prices of its own, coupons, and previews that reckon with both. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class PricesTest {
    private static final String FEE = "{\"plan\":\"pro\",\"charge\":\"platform-fee\",\"reason\":\"deal\","
            + "\"price\":{\"model\":\"FLAT\",\"currency\":\"USD\",\"amount\":\"20.00\"}}";

    @BeforeEach
    void publishTheCatalog() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void agreesAPriceShowsItAndEndsIt() {
        String customer = Api.customer();

        String id = Api.post("/v1/customers/{c}/price-overrides", FEE, customer)
                .statusCode(201)
                .header("Weir-Snapshot-Version", "2")
                .body("createdBy", equalTo("olga"), "price.amount", equalTo("20.00"), "to", nullValue())
                .extract()
                .path("id");

        PriceOverridePart part = Api.published(customer).priceOverrides().getFirst();
        assertThat(part.plan()).isEqualTo("pro");
        assertThat(part.price().amount()).isEqualByComparingTo("20");
        given().get("/v1/customers/{c}/price-overrides", customer)
                .then()
                .body("items", hasSize(1), "items[0].id", equalTo(id));
        given().delete("/v1/customers/{c}/price-overrides/{p}", customer, id)
                .then()
                .statusCode(200)
                .body("endedBy", equalTo("olga"));
        assertThat(Api.published(customer).priceOverrides())
                .allSatisfy(ended -> assertThat(ended.to()).isNotNull());
    }

    @Test
    void aPreviewReckonsWithThePriceThatWasAgreedAndTheCoupon() {
        String customer = Api.customer();
        Api.post("/v1/customers/{c}/price-overrides", FEE, customer).statusCode(201);
        String id = Api.subscription(customer, "{\"plan\":\"base\"}");

        Api.act(customer, id, "preview", "{\"plan\":\"pro\",\"when\":\"NOW\",\"coupon\":\"half\"}")
                .statusCode(200)
                .body("charges.fate", contains("REMOVED", "ADDED"), "charges.amount", contains("49.00", "20.00"))
                .body("charges[1].charge.price.amount", equalTo("49.00"), "charges[1].price.amount", equalTo("20.00"))
                .body("priceChanges[0].before", equalTo("49.00"), "priceChanges[0].after", equalTo("10.00"))
                .body("priceChanges[0].difference", equalTo("-39.00"), "priceChanges[0].every", equalTo("P1M"));
    }

    @Test
    void aCouponIsRedeemedOnceForACustomer() {
        String customer = Api.customer();
        String id = Api.subscribe(customer, "{\"plan\":\"pro\",\"coupon\":\"half\"}")
                .statusCode(201)
                .body("coupon.coupon", equalTo("half"))
                .extract()
                .path("id");
        RedeemedCoupon redeemed = Objects.requireNonNull(Api.published(customer)
                .subscriptions()
                .getFirst()
                .phases()
                .getFirst()
                .coupon());
        assertThat(redeemed.coupon().percentOff()).isEqualByComparingTo("50");

        Api.act(customer, id, "change", "{\"plan\":\"business\",\"when\":\"NOW\"}")
                .statusCode(200)
                .body("coupon.coupon", equalTo("half"));
        Api.act(customer, id, "change", "{\"removeCoupon\":true,\"when\":\"NOW\"}")
                .statusCode(200)
                .body("coupon", nullValue());
        Api.subscribe(customer, "{\"plan\":\"pro\",\"resource\":\"site-1\",\"coupon\":\"half\"}")
                .statusCode(409)
                .body("code", equalTo("COUPON_REDEEMED"));
        Api.act(customer, id, "change", "{\"coupon\":\"half\",\"when\":\"NOW\"}")
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "none|422|UNKNOWN_COUPON",
                "for-search|422|COUPON_NOT_FOR_PRODUCT",
                "euros|422|COUPON_CURRENCY_MISMATCH",
                "No Key|400|INVALID_KEY",
            })
    void refusesACouponThatDoesNotFit(String coupon, int status, String code) {
        String customer = Api.customer();

        Api.subscribe(customer, "{\"plan\":\"pro\",\"coupon\":\"" + coupon + "\"}")
                .statusCode(status)
                .body("code", equalTo(code), "errors.field", hasItem("coupon"));
        assertThat(Api.published(customer).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`charge`:`platform-fee`,`price`:P,`reason`:`r`}|400|REQUIRED|plan",
                "{`plan`:`pro`,`addon`:`extra-calls`,`charge`:`platform-fee`,`price`:P,`reason`:`r`}|400|REQUIRED|plan",
                "{`plan`:`gold`,`charge`:`platform-fee`,`price`:P,`reason`:`r`}|422|UNKNOWN_PLAN|plan",
                "{`addon`:`none`,`charge`:`platform-fee`,`price`:P,`reason`:`r`}|422|UNKNOWN_ADDON|addon",
                "{`plan`:`pro`,`charge`:`other`,`price`:P,`reason`:`r`}|422|UNKNOWN_CHARGE|charge",
                "{`plan`:`pro`,`price`:P,`reason`:`r`}|400|REQUIRED|charge",
                "{`plan`:`pro`,`charge`:`platform-fee`,`reason`:`r`}|400|REQUIRED|price",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`FLAT`},`reason`:`r`}|400|REQUIRED|price.currency",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`FLAT`,`currency`:`USD`},`reason`:`r`}|400|INVALID_VALUE|price",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`PER_UNIT`,`currency`:`USD`,`unitPrice`:`1`},`reason`:`r`}|422|PRICE_MODEL_MISMATCH|price.model",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`FLAT`,`currency`:`USD`,`amount`:`1`,`color`:1},`reason`:`r`}|400|INVALID_VALUE|price",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`FLAT`,`currency`:`USD`,`amount`:`-1`},`reason`:`r`}|400|INVALID_VALUE|price",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`PACKAGE`,`currency`:`USD`,`packageSize`:`0`,`packagePrice`:`1`},`reason`:`r`}|400|INVALID_VALUE|price",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:{`model`:`GRADUATED`,`currency`:`USD`,`tiers`:[{`upTo`:`5`,`unitPrice`:`1`},{`upTo`:`2`,`unitPrice`:`1`}]},`reason`:`r`}|400|INVALID_VALUE|price.tiers",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:P,`from`:`2020-01-01T00:00:00Z`,`reason`:`r`}|400|INVALID_VALUE|from",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:P,`to`:`2020-01-01T00:00:00Z`,`reason`:`r`}|400|INVALID_VALUE|to",
                "{`plan`:`pro`,`charge`:`platform-fee`,`price`:P}|400|REQUIRED|reason",
            })
    void refusesABadPrice(String body, int status, String code, String field) {
        String customer = Api.customer();
        String said = body.replace("P,", "{`model`:`FLAT`,`currency`:`USD`,`amount`:`1`},")
                .replace("P}", "{`model`:`FLAT`,`currency`:`USD`,`amount`:`1`}}")
                .replace('`', '"');

        Api.post("/v1/customers/{c}/price-overrides", said, customer)
                .statusCode(status)
                .body("code", equalTo(code), "errors.field", hasItem(field));
        assertThat(Api.published(customer).version()).isEqualTo(1);
    }
}
