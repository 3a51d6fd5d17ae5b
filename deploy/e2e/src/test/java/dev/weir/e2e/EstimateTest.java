package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The price before the click is the price after it. */
@Order(63)
class EstimateTest {
    private static final String PLAN = "est-soft";

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
        Catalog.merge("""
                {'meters': {'est-exports': {'eventType': 'est.export', 'aggregation': 'COUNT'}},
                 'features': {'est-exports': {'type': 'METERED', 'meter': 'est-exports', 'unit': 'export'}},
                 'products': {'est': {}},
                 'plans': {'est-soft': {'product': 'est',
                   'entitlements': {'led-calls': {'limit': 10, 'every': 'P1M', 'onLimit': 'SOFT', 'overageCap': 50},
                                    'est-exports': {}},
                   'charges': [
                     {'key': 'calls', 'feature': 'led-calls', 'appliesTo': 'OVERAGE', 'model': 'GRADUATED', 'currency': 'USD',
                      'tiers': [{'upTo': '10', 'unitPrice': '0.50'}, {'upTo': null, 'unitPrice': '0.25'}]},
                     {'key': 'exports', 'feature': 'est-exports', 'model': 'PACKAGE', 'packageSize': '5', 'packagePrice': '2.00',
                      'currency': 'USD'}]}}}
                """);
    }

    @Test
    void quotaAndCreditsCostWhatTheReservationHolds() {
        String customer = Customers.on("led-images");
        api.post(
                        "/v1/customers/" + customer + "/grants",
                        Map.of("unit", "led-coarse", "amount", "1", "category", "PROMOTIONAL"))
                .is(201);
        Customers.use(customer, "led-images", 7);

        Answer estimate = estimate(customer, "led-images", 8);

        assertThat(estimate.at("/allowed").asBoolean()).isTrue();
        assertThat(estimate.at("/cost/0/kind").asText()).isEqualTo("INCLUDED");
        assertThat(estimate.decimal("/cost/0/amount")).isEqualByComparingTo("3");
        assertThat(estimate.at("/cost/1/kind").asText()).isEqualTo("CREDIT");
        assertThat(estimate.decimal("/cost/1/amount")).isEqualByComparingTo("1");
        assertThat(estimate.decimal("/cost/1/quantity")).isEqualByComparingTo("5");
        assertThat(estimate.at("/money").isNull()).isTrue();
        Answer held = Customers.reserve(customer, "led-images", 8).is(201);
        for (int leg = 0; leg < 2; leg++) {
            assertThat(held.at("/held/" + leg + "/unit")).isEqualTo(estimate.at("/cost/" + leg + "/unit"));
            assertThat(held.decimal("/held/" + leg + "/amount"))
                    .isEqualByComparingTo(estimate.decimal("/cost/" + leg + "/amount"));
        }
        for (JsonNode left : estimate.at("/balanceAfter")) {
            assertThat(Customers.available(customer, left.path("unit").asText()))
                    .isEqualByComparingTo(left.path("available").asText());
        }
    }

    @Test
    void whatWouldBeRefusedSaysWhyAndWhatIsMissing() {
        String customer = Customers.on("led-images");

        Answer estimate = estimate(customer, "led-images", 12);

        assertThat(estimate.at("/allowed").asBoolean(true)).isFalse();
        assertThat(estimate.text("reason")).isEqualTo("INSUFFICIENT_CREDIT");
        assertThat(estimate.decimal("/remedy/shortBy")).isEqualByComparingTo("0.4");
        assertThat(estimate.decimal("/balanceAfter/0/available")).isEqualByComparingTo("10");
        Customers.reserve(customer, "led-images", 12).isProblem(402, "INSUFFICIENT_CREDIT");
    }

    @Test
    void overageCostsTheDifferenceOfTheTotals() {
        String customer = Customers.on(PLAN);
        Customers.use(customer, "led-calls", 15);

        Answer estimate = estimate(customer, "led-calls", 10);

        assertThat(estimate.at("/cost/0/kind").asText()).isEqualTo("OVERAGE");
        assertThat(estimate.at("/money/currency").asText()).isEqualTo("USD");
        assertThat(estimate.decimal("/money/amount"))
                .as("five at 0.50, five at 0.25")
                .isEqualByComparingTo("3.75");
        assertThat(estimate(customer, "led-calls", 46).text("reason")).isEqualTo("LIMIT_REACHED");
    }

    @Test
    void anUnlimitedFeatureKnowsWhatWasUsedOfIt() {
        String customer = Customers.on(PLAN);
        Customers.use(customer, "est-exports", 4);

        assertThat(Customers.check(customer, "est-exports")
                        .at("/limit/unlimited")
                        .asBoolean())
                .isTrue();
        // Metering counts what is settled as the event arrives, a moment later.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Customers.entitlement(customer, "est-exports")
                                .is(200)
                                .decimal("/usage/used"))
                        .isEqualByComparingTo("4"));
        assertThat(estimate(customer, "est-exports", 1).decimal("/money/amount"))
                .as("within the package that has begun")
                .isEqualByComparingTo("0");
        assertThat(estimate(customer, "est-exports", 2).decimal("/money/amount"))
                .as("the next package")
                .isEqualByComparingTo("2");
        Answer entitlement = Customers.entitlement(customer, "est-exports").is(200);
        assertThat(entitlement.at("/usage/remaining").asText(""))
                .as("remaining")
                .isEmpty();
    }

    private Answer estimate(String customer, String feature, int quantity) {
        Map<String, Object> body =
                new TreeMap<>(Map.of("customer", customer, "feature", feature, "quantity", quantity));
        return api.post("/v1/estimate", body).is(200);
    }
}
