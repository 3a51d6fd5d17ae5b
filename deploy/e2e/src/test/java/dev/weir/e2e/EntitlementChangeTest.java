package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a customer may do changes with what they have, and the next check knows it. */
@Order(50)
class EntitlementChangeTest {
    private static final String SMALL = "e2e-small";
    private static final String LARGE = "e2e-large";

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        Catalog.merge("{'plans': {'%s': %s, '%s': %s}}".formatted(SMALL, plan(3), LARGE, plan(10)));
    }

    @Test
    void aReachedLimitDeniesUntilThePlanChanges() {
        String customer = Customers.newId("change");
        Customers.create(customer);
        String subscription = Customers.subscribe(customer, SMALL).text("id");
        Customers.use(customer, "api-calls", 3);

        Answer denied = Customers.check(customer, "api-calls");
        assertThat(denied.at("/allowed").asBoolean(true)).isFalse();
        assertThat(denied.text("reason")).isEqualTo("LIMIT_REACHED");
        assertThat(denied.text("resetAt")).isNotBlank();
        Answer refused = Customers.reserve(customer, "api-calls", 1).isProblem(429, "LIMIT_REACHED");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isPositive();

        api.post(
                        "/v1/customers/" + customer + "/subscriptions/" + subscription + "/change",
                        Map.of("plan", LARGE, "when", "NOW"))
                .is(200)
                .isVisible();
        Answer allowed = Customers.check(customer, "api-calls");
        assertThat(allowed.at("/allowed").asBoolean()).as("%s", allowed.body()).isTrue();
        assertThat(allowed.decimal("/limit/amount")).isEqualByComparingTo("10");
        assertThat(allowed.decimal("/usage/remaining")).isEqualByComparingTo("7");
        Customers.use(customer, "api-calls", 7);
        Customers.reserve(customer, "api-calls", 1).isProblem(429, "LIMIT_REACHED");
    }

    @Test
    void explainsWhereALimitComesFrom() {
        String customer = Customers.on(SMALL);
        api.post(
                        "/v1/customers/" + customer + "/promotions",
                        Map.of(
                                "feature",
                                "api-calls",
                                "entitlement",
                                Map.of("limit", 5, "every", "P1M", "effect", "INCREMENT"),
                                "reason",
                                "sorry"))
                .is(201)
                .isVisible();

        Answer explained = api.get("/v1/customers/" + customer + "/entitlements/api-calls?explain=true")
                .is(200);

        assertThat(explained.decimal("/limit/amount")).isEqualByComparingTo("8");
        List<String> sources = new ArrayList<>();
        for (JsonNode source : explained.at("/sources")) {
            sources.add(
                    source.path("kind").asText() + " " + source.path("outcome").asText());
        }
        assertThat(sources).contains("PLAN WON", "PROMOTION ADDED");
    }

    @Test
    void anOverrideThatRevokesBeatsThePlanUntilItEnds() {
        String customer = Customers.on(SMALL);
        Answer override = api.post(
                        "/v1/customers/" + customer + "/overrides",
                        Map.of("feature", "api-calls", "revoke", true, "reason", "abuse"))
                .is(201)
                .isVisible();

        assertThat(Customers.check(customer, "api-calls").text("reason")).isEqualTo("REVOKED");
        Customers.reserve(customer, "api-calls", 1).isProblem(403, "REVOKED");
        Answer ended = api.delete("/v1/customers/" + customer + "/overrides/" + override.text("id"))
                .isVisible();

        assertThat(ended.status()).as("%s", ended.body()).isBetween(200, 204);
        assertThat(Customers.check(customer, "api-calls").at("/allowed").asBoolean())
                .isTrue();
    }

    @Test
    void imagesBeyondTheIncludedOnesGoOnInCreditsWithinOneReservation() {
        String customer = Customers.on("pro");

        Answer held = Customers.reserve(customer, "images", 103).is(201);
        assertThat(held.at("/held")).hasSize(2);
        assertThat(held.decimal("/held/0/amount")).isEqualByComparingTo("100");
        assertThat(held.decimal("/held/1/amount")).isEqualByComparingTo("0.6");
        Answer settled = api.post("/v1/reservations/" + held.text("id") + "/settle", Map.of("quantity", 102))
                .is(200);

        assertThat(settled.at("/spent/0/unit").asText()).isEqualTo("images");
        assertThat(settled.decimal("/spent/0/amount")).isEqualByComparingTo("100");
        assertThat(settled.at("/spent/1/unit").asText()).isEqualTo("ai-credits");
        assertThat(settled.decimal("/spent/1/amount")).isEqualByComparingTo("0.4");
        assertThat(Customers.available(customer, "ai-credits")).isEqualByComparingTo("999.6");
        Answer check = Customers.check(customer, "images");
        assertThat(check.at("/allowed").asBoolean()).as("%s", check.body()).isTrue();
        assertThat(check.decimal("/usage/remaining")).isEqualByComparingTo("0");
    }

    private static String plan(int limit) {
        return "{'product': 'assistant', 'entitlements': {'api-calls': {'limit': %d, 'every': 'P1M'}, 'chat': {}}}"
                .formatted(limit);
    }
}
