package dev.weir.e2e;

import static dev.weir.e2e.PackagingCatalog.CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A grandfathered customer is moved to the version that is sold now, and back. */
@Order(57)
class MigrationTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Api api = Api.demo();

    @Test
    void movesOneCustomerAndTakesItBack() {
        PackagingCatalog.original();
        String moved = Customers.on("pkg-top");
        String other = Customers.on("pkg-top");
        PackagingCatalog.dearer();
        Customers.use(moved, CALLS, 60);

        // A limit never drops in mid-period unless the migration says so.
        Answer careful =
                api.post("/v1/migrations/preview", migration(moved, false)).is(200);
        assertThat(careful.at("/items")).hasSize(1);
        assertThat(careful.at("/items/0/outcome").asText()).isEqualTo("MOVES");
        assertThat(careful.at("/items/0/deferred").asBoolean()).isTrue();
        Answer bold = api.post("/v1/migrations/preview", migration(moved, true)).is(200);
        assertThat(bold.at("/items/0/deferred").asBoolean()).isFalse();
        assertThat(bold.at("/items/0/lost").toString()).contains(CALLS);
        limitIs(moved, "100");

        String id = api.post("/v1/migrations", migration(moved, true)).is(201).text("id");
        await().atMost(SOON).untilAsserted(() -> limitIs(moved, "40"));
        awaitDone(id);
        assertThat(Customers.check(moved, CALLS).text("reason")).isEqualTo("LIMIT_REACHED");
        limitIs(other, "100");
        Instant between = Instant.now();

        String undo = api.post("/v1/migrations/" + id + "/undo", Map.of("reason", "too dear"))
                .is(201)
                .text("id");
        await().atMost(SOON).untilAsserted(() -> limitIs(moved, "100"));
        awaitDone(undo);
        Customers.use(moved, CALLS, 40);
        Customers.reserve(moved, CALLS, 1).isProblem(429, "LIMIT_REACHED");
        assertThat(Customers.entitlement(moved, CALLS, between.toString()).decimal("/limit/amount"))
                .as("what was in force in between")
                .isEqualByComparingTo("40");
    }

    private static Map<String, Object> migration(String customer, boolean allowDrop) {
        return new TreeMap<>(Map.of(
                "scope",
                Map.of("customers", List.of(customer)),
                "target",
                Map.of("plan", "pkg-top"),
                "when",
                "NOW",
                "allowMidPeriodDrop",
                allowDrop,
                "reason",
                "one price for all"));
    }

    private void awaitDone(String migration) {
        await().atMost(SOON)
                .until(() -> api.get("/v1/migrations/" + migration)
                        .is(200)
                        .text("status")
                        .equals("DONE"));
    }

    private static void limitIs(String customer, String amount) {
        assertThat(Customers.check(customer, CALLS).decimal("/limit/amount")).isEqualByComparingTo(amount);
    }
}
