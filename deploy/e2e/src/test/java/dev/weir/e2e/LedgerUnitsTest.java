package dev.weir.e2e;

import static dev.weir.e2e.LedgerCatalog.CHAT;
import static dev.weir.e2e.LedgerCatalog.COARSE;
import static dev.weir.e2e.LedgerCatalog.FINE;
import static dev.weir.e2e.LedgerCatalog.IMAGES;
import static dev.weir.e2e.LedgerCatalog.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Several units: one after the other in a reservation, and each with decimals of its own. */
@Order(62)
class LedgerUnitsTest {
    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void quotaFirstThenCreditsInOneReservationAllOrNothing() {
        String customer = Customers.on("led-images");
        grant(customer, COARSE, "1").is(201);

        Customers.reserve(customer, IMAGES, 16).isProblem(402, "INSUFFICIENT_CREDIT");
        assertThat(Wallet.of(customer, IMAGES).available()).as("images").isEqualByComparingTo("10");
        assertThat(Wallet.of(customer, COARSE).available()).as("credits").isEqualByComparingTo("1");

        Answer held = Customers.reserve(customer, IMAGES, 15).is(201);
        assertThat(held.at("/held/0/unit").asText()).isEqualTo(IMAGES);
        assertThat(held.decimal("/held/0/amount")).isEqualByComparingTo("10");
        assertThat(held.at("/held/1/unit").asText()).isEqualTo(COARSE);
        assertThat(held.decimal("/held/1/amount")).isEqualByComparingTo("1");
        Customers.reserve(customer, IMAGES, 1).isProblem(402, "INSUFFICIENT_CREDIT");
        Answer settled = api.post("/v1/reservations/" + held.text("id") + "/settle", Map.of("quantity", 12))
                .is(200);
        assertThat(settled.decimal("/spent/0/amount")).isEqualByComparingTo("10");
        assertThat(settled.decimal("/spent/1/amount")).isEqualByComparingTo("0.4");
        assertThat(settled.at("/released/0/unit").asText()).isEqualTo(IMAGES);
        assertThat(settled.decimal("/released/0/amount")).isEqualByComparingTo("0");
        assertThat(settled.at("/released/1/unit").asText()).isEqualTo(COARSE);
        assertThat(settled.decimal("/released/1/amount")).isEqualByComparingTo("0.6");
        assertThat(Wallet.of(customer, COARSE).available()).isEqualByComparingTo("0.6");

        // The quota is used up now, so all of the next one is credit; released, all of it comes back.
        Answer rest = Customers.reserve(customer, IMAGES, 3).is(201);
        assertThat(Wallet.of(customer, COARSE).available()).isEqualByComparingTo("0");
        api.post("/v1/reservations/" + rest.text("id") + "/release", Map.of()).is(200);
        assertThat(Wallet.of(customer, COARSE).available()).isEqualByComparingTo("0.6");
    }

    @Test
    void twoUnitsInOneCatalogWithDifferentScales() {
        String customer = Customers.on("led-images");
        grant(customer, COARSE, "0.03").is(201);
        grant(customer, FINE, "0.00000010").is(201);
        grant(customer, COARSE, "0.001").isProblem(400, "INVALID_QUANTITY");
        grant(customer, FINE, "0.000000001").isProblem(400, "INVALID_QUANTITY");

        assertThat(spend(customer, CHAT, "tokens", 2)).isEqualTo("0.02");
        assertThat(spend(customer, VIDEO, "milliseconds", 3)).isEqualTo("0.00000009");

        assertThat(Customers.wallet(customer, COARSE).text("available")).isEqualTo("0.01");
        assertThat(Customers.wallet(customer, FINE).text("available")).isEqualTo("0.00000001");
        reserve(customer, CHAT, "tokens", 2).isProblem(402, "INSUFFICIENT_CREDIT");
        reserve(customer, VIDEO, "milliseconds", 1).isProblem(402, "INSUFFICIENT_CREDIT");
        assertThat(Customers.check(customer, VIDEO).at("/wallets/0/available").asText())
                .isEqualTo("0.00000001");
    }

    private String spend(String customer, String feature, String dimension, int amount) {
        String id = reserve(customer, feature, dimension, amount).is(201).text("id");
        return api.post("/v1/reservations/" + id + "/settle", Map.of("dimensions", Map.of(dimension, amount)))
                .is(200)
                .at("/spent/0/amount")
                .asText();
    }

    private Answer reserve(String customer, String feature, String dimension, int amount) {
        return api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", feature, "dimensions", Map.of(dimension, amount)));
    }

    private Answer grant(String customer, String unit, String amount) {
        return api.post(
                "/v1/customers/" + customer + "/grants", Map.of("unit", unit, "amount", amount, "category", "PAID"));
    }
}
