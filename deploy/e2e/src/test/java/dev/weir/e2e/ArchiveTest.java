package dev.weir.e2e;

import static dev.weir.e2e.LedgerCatalog.CHAT;
import static dev.weir.e2e.LedgerCatalog.COARSE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** An archived customer gets nothing more; what was begun is finished, and what was can be read. */
@Order(66)
class ArchiveTest {
    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void anArchivedCustomerIsRefusedEverythingNewAndSettlesWhatItHolds() {
        String customer = Customers.on("led-images");
        String home = "/v1/customers/" + customer;
        Map<String, Object> grant = Map.of("unit", COARSE, "amount", "10", "category", "PAID");
        api.post(home + "/grants", grant).is(201);
        String hold = reserve(customer, 100).is(201).text("id");

        api.post(home + "/archive", Map.of()).isProblem(409, "SUBSCRIPTIONS_RUNNING");
        assertThat(Customers.check(customer, CHAT).at("/allowed").asBoolean()).isTrue();
        api.post(home + "/archive", Map.of("cancelSubscriptions", true)).is(200).isVisible();

        assertThat(Customers.check(customer, CHAT).text("reason")).isEqualTo("NO_SUBSCRIPTION");
        reserve(customer, 1).isProblem(403, "NO_SUBSCRIPTION");
        api.post("/v1/reservations/" + hold + "/extend", Map.of("dimensions", Map.of("tokens", 1)))
                .isProblem(403, "NO_SUBSCRIPTION");
        api.post(home + "/subscriptions", Map.of("plan", "led-images")).isProblem(409, "CUSTOMER_ARCHIVED");
        api.post(home + "/grants", grant).isProblem(409, "CUSTOMER_ARCHIVED");
        api.put(home, Map.of("name", "Other")).isProblem(409, "CUSTOMER_ARCHIVED");
        api.post("/v1/reservations/" + hold + "/settle", Map.of("dimensions", Map.of("tokens", 100)))
                .is(200);
        assertThat(api.get(home).is(200).at("/archived").asBoolean()).isTrue();
        assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("9");
        assertThat(api.get(home + "/wallets/" + COARSE + "/journal").is(200).at("/items"))
                .isNotEmpty();

        api.post(home + "/unarchive", Map.of()).is(200).isVisible();
        Customers.subscribe(customer, "led-images");
        reserve(customer, 1).is(201);
    }

    private Answer reserve(String customer, int tokens) {
        return api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", CHAT, "dimensions", Map.of("tokens", tokens)));
    }
}
