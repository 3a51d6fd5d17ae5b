package dev.weir.e2e;

import static dev.weir.e2e.LedgerCatalog.CHAT;
import static dev.weir.e2e.LedgerCatalog.COARSE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A frozen wallet gives nothing more; what was promised from it is kept. */
@Order(65)
class FrozenWalletTest {
    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void refusesWhatIsNewAndSettlesWhatIsHeldUntilItIsThawed() {
        String customer = Customers.on("led-images");
        String wallet = "/v1/customers/" + customer + "/wallets/" + COARSE;
        api.post("/v1/customers/" + customer + "/grants", Map.of("unit", COARSE, "amount", "10", "category", "PAID"))
                .is(201);
        String hold = reserve(customer, 100).is(201).text("id");

        api.post(wallet + "/freeze", Map.of("reason", "a payment is disputed")).is(200);

        // The next check knows it, without a pause, and so does an estimate.
        Answer check = Customers.check(customer, CHAT);
        assertThat(check.at("/allowed").asBoolean(true)).isFalse();
        assertThat(check.text("reason")).isEqualTo("FROZEN");
        Answer estimate = api.post("/v1/estimate", Map.of("customer", customer, "feature", CHAT, "quantity", "1"))
                .is(200);
        assertThat(estimate.text("reason")).isEqualTo("FROZEN");
        reserve(customer, 1).isProblem(403, "FROZEN");
        api.post("/v1/reservations/" + hold + "/extend", Map.of("dimensions", Map.of("tokens", 1)))
                .isProblem(403, "FROZEN");
        assertThat(Wallet.of(customer, COARSE).body().path("status").asText()).isEqualTo("FROZEN");
        api.post("/v1/reservations/" + hold + "/settle", Map.of("dimensions", Map.of("tokens", 100)))
                .is(200);

        api.post(wallet + "/unfreeze", Map.of("reason", "the dispute is settled"))
                .is(200);

        assertThat(Customers.check(customer, CHAT).at("/allowed").asBoolean()).isTrue();
        reserve(customer, 1).is(201);
    }

    private Answer reserve(String customer, int tokens) {
        return api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", CHAT, "dimensions", Map.of("tokens", tokens)));
    }
}
