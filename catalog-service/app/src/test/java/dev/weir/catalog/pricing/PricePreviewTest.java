package dev.weir.catalog.pricing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(user = "fay", roles = "finance")
class PricePreviewTest {

    private static final String PRICE = """
            {"model": "GRADUATED", "currency": "USD",
             "tiers": [{"upTo": "5", "unitPrice": "10"}, {"upTo": null, "unitPrice": "8", "flatPrice": "1"}],
             "minimumSpend": "20"}""";

    @Test
    void answersExactlyAsDocumented() throws JsonProcessingException {
        Response answer = preview("{\"price\": " + PRICE + ", \"quantity\": \"7\"}");

        assertThat(Json.mapper().readTree(answer.asString()))
                .isEqualTo(Json.mapper().readTree("""
                                {"amount": "67.00", "currency": "USD", "lines": [
                                 {"kind": "TIER", "tier": 1, "quantity": "5", "unitPrice": "10", "flatPrice": "0", "amount": "50"},
                                 {"kind": "TIER", "tier": 2, "quantity": "2", "unitPrice": "8", "flatPrice": "1", "amount": "17"}]}"""));
    }

    @Test
    void addsALineForTheMinimum() {
        Response answer = preview("{\"price\": " + PRICE + ", \"quantity\": 1}");

        answer.then().statusCode(200).body("amount", equalTo("20.00")).body("lines.kind", contains("TIER", "MINIMUM"));
    }

    @Test
    void takesThePercentageOfAnAmount() {
        Response answer = preview("""
                {"price": {"model": "PERCENTAGE", "currency": "USD", "percent": "2.9", "fixedFee": "0.30"},
                 "quantity": "0", "percentOf": "1000", "events": 3}""");

        answer.then().statusCode(200).body("amount", equalTo("29.90"));
    }

    @Test
    void namesEverythingWrongWithAPrice() {
        Response answer = preview("""
                {"price": {"model": "GRADUATED", "currency": "USB", "unitPrice": "1",
                           "tiers": [{"upTo": "5", "unitPrice": "10"}, {"upTo": "3", "unitPrice": "-8"}]},
                 "quantity": "7", "colour": "blue"}""");

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_VALUE"))
                .body(
                        "errors.field",
                        hasItems(
                                "price.currency",
                                "price.unitPrice",
                                "price.tiers[1].upTo",
                                "price.tiers[1].unitPrice",
                                "colour"));
    }

    @Test
    void refusesANegativeQuantity() {
        Response answer = preview("{\"price\": " + PRICE + ", \"quantity\": \"-1\"}");

        answer.then()
                .statusCode(400)
                .body("code", equalTo("INVALID_QUANTITY"))
                .body("errors.field", contains("quantity"));
    }

    @Test
    void refusesWhatIsNotJson() {
        Response answer = preview("{\"price\": ");

        answer.then().statusCode(400).body("code", equalTo("MALFORMED_BODY"));
    }

    private static Response preview(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/v1/catalog/price-preview");
    }
}
