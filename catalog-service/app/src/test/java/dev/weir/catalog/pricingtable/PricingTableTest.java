package dev.weir.catalog.pricingtable;

import static dev.weir.catalog.CatalogCalls.publish;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.catalog.Documents;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** The pricing table where it is not open: only who may read the catalog reads it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "ada", roles = "catalog-admin")
class PricingTableTest {

    private static final String TEAM = "products[0].plans.find { it.plan == 'team' }";

    @Test
    void showsPublicPlansInTheOrderOfTheDocument() {
        publish(Documents.everything());

        Response answer = given().get("/v1/pricing-table");

        answer.then()
                .statusCode(200)
                .body("products.product", contains("platform"))
                .body("products[0].name", equalTo("Platform"))
                .body("products[0].plans.plan", contains("free", "team"))
                .body("products[0].plans[0].description", equalTo("For a first look. No card is asked for."))
                .body(
                        "products[0].addons.addon",
                        contains("more-requests", "most-requests", "hardening", "credit-pack"))
                .body("products[0].addons[0].compatibleWith", contains("team"))
                .body("products[0].addons[0].minQuantity", equalTo(2))
                .body("products[0].addons[1].requires", contains("more-requests"))
                .body("products[0].addons[3].credits[0].text", equalTo("5,000 AI credits, good for 1 year for $40.00"));
    }

    @Test
    void showsWhatAPlanGives() {
        publish(Documents.everything());

        Response answer = given().get("/v1/pricing-table");

        String given = TEAM + ".entitlements.find { it.feature == '%s' }.";
        answer.then()
                .body(given.formatted("sso") + "name", equalTo("Single sign-on"))
                .body(given.formatted("sso") + "group", equalTo("Security"))
                .body(given.formatted("requests") + "text", equalTo("10,000 requests per month, and up to 90,000 more"))
                .body(
                        given.formatted("tokens") + "text",
                        equalTo("1,000,000 tokens per month, then 0.002 AI credits each"))
                .body(given.formatted("seats") + "limit", equalTo("10"))
                .body(given.formatted("payments") + "unlimited", equalTo(true))
                .body(given.formatted("max-context") + "value", equalTo("16000"))
                .body(given.formatted("chat") + "text", equalTo("paid with AI credits"))
                .body(
                        TEAM + ".credits.text",
                        hasItems(
                                "1,000 AI credits per month, up to 500 of the rest kept for 1 month",
                                "200 AI credits for each seat per month",
                                "50 AI credits, good for 30 days"))
                .body(TEAM + ".trial.text", equalTo("14 days free, or until its credits are used up"))
                .body(TEAM + ".trial.atEnd", equalTo("DOWNGRADE"));
    }

    @Test
    void saysEveryPriceInWords() {
        publish(Documents.everything());

        given().get("/v1/pricing-table")
                .then()
                .body(
                        TEAM + ".charges.text",
                        contains(
                                "$250.00 once",
                                "$49.00 per month",
                                "$10.00 per month, less 50 %",
                                "$1.50 per user, the first 5 free, at least $10.00, at most $500.00",
                                "$0.20 for each 1,000 x 10 tokens beyond what is included",
                                "up to 10,000: $0.002 per request; above: $0.001 per request plus $5.00"
                                        + " beyond what is included",
                                "up to 50: $0.00; above: $100.00",
                                "up to 10: $9.00 per seat; above: $8.00 per seat at the highest count",
                                "$1.00 per seat on average",
                                "2.9 % of payments plus $0.30 each time"));
    }

    @Test
    void isLocalised() {
        publish(Documents.everything());
        String fee = TEAM + ".charges.find { it.key == 'platform-fee' }.";

        given().queryParam("country", "DE")
                .header("Accept-Language", "de-DE,de;q=0.9")
                .get("/v1/pricing-table")
                .then()
                .body("currency", equalTo("EUR"))
                .body("language", equalTo("de-DE"))
                .body(fee + "price.amount", equalTo("47.00"))
                .body(fee + "text", equalTo("47,00\u00a0€ per month"));
        given().queryParam("country", "FR")
                .get("/v1/pricing-table")
                .then()
                .body(fee + "price.amount", equalTo("45.00"));
        given().queryParam("country", "IN")
                .queryParam("currency", "USD")
                .get("/v1/pricing-table")
                .then()
                .body(fee + "price.amount", equalTo("19.00"));
        given().queryParam("currency", "GBP")
                .get("/v1/pricing-table")
                .then()
                .body(fee + "text", equalTo("£39.00 per month"))
                .body(TEAM + ".charges.find { it.key == 'setup' }.price.currency", equalTo("USD"));
    }

    @Test
    void isKeptByWhoeverHasItAlready() {
        publish(Documents.everything());
        Response first = given().queryParam("country", "DE").get("/v1/pricing-table");
        String tag = first.getHeader("ETag");

        Response again =
                given().queryParam("country", "DE").header("If-None-Match", tag).get("/v1/pricing-table");

        first.then().header("Cache-Control", containsString("max-age=60")).header("Vary", equalTo("Accept-Language"));
        again.then().statusCode(304).header("ETag", tag);
        given().queryParam("country", "FR").get("/v1/pricing-table").then().header("ETag", not(equalTo(tag)));
        publish(Documents.replace(Documents.everything(), "amount: \"47.00\"", "amount: \"46.00\""));
        given().queryParam("country", "DE")
                .header("If-None-Match", tag)
                .get("/v1/pricing-table")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue());
    }

    @Test
    void showsOneProduct() {
        publish(Documents.replace(Documents.everything(), "products:\n", "products:\n  other: {name: Other}\n"));

        given().get("/v1/pricing-table").then().body("products.product", contains("platform"));
        given().queryParam("product", "other")
                .get("/v1/pricing-table")
                .then()
                .body("products[0].name", equalTo("Other"))
                .body("products[0].plans[0]", nullValue());
    }

    @Test
    @TestSecurity(user = "", authorizationEnabled = true)
    void isNotOpenUnlessSwitchedOn() {
        given().get("/v1/pricing-table").then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    @TestSecurity(user = "gateway", roles = "platform")
    void needsARoleThatReadsTheCatalog() {
        given().get("/v1/pricing-table").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    }
}
