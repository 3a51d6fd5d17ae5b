package dev.weir.e2e;

import static dev.weir.e2e.PackagingCatalog.CALLS;
import static dev.weir.e2e.PackagingCatalog.CHAT;
import static dev.weir.e2e.PackagingCatalog.CONTEXT;
import static dev.weir.e2e.PackagingCatalog.CREDITS;
import static dev.weir.e2e.PackagingCatalog.TIER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Every edge case of packaging on one customer: a grandfathered plan that inherits two levels deep, its trial, add-ons, a
 * second product, promotions, overrides, and credits that expire one before the other. Each step is explained source by
 * source when it is made, and once more at the end, as of the instants right before and right after each change.
 */
@Order(56)
class PackagingTogetherTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String MORE = "ADDON pkg-more x2 ";

    private final Api api = Api.demo();
    private final String customer = Customers.newId("together");
    private final String home = "/v1/customers/" + customer;
    private final List<Step> steps = new ArrayList<>();

    /**
     * What held from an instant on.
     *
     * @param limit amount and kind of the limit on calls
     * @param sources of the limit on calls
     */
    private record Step(String what, Instant from, String limit, List<String> sources, String tier, String context) {}

    @Test
    void allOfThemAtOnceOnOneCustomer() {
        PackagingCatalog.original();
        Customers.create(customer);
        Answer top = Customers.subscribe(customer, "pkg-top", Map.of("trial", true));
        String first = top.text("id");
        int bought = top.at("/version").asInt();
        step(
                "the trial",
                top.at("/phases/0/from"),
                "5000 HARD",
                "dedicated",
                "64000",
                "ANCESTOR pkg-root LOST",
                "TRIAL pkg-max WON access amount onLimit");

        PackagingCatalog.dearer();
        await().atMost(SOON).until(() -> limit(now()).equals("100 HARD"));
        step(
                "the trial is over",
                top.at("/phases/1/from"),
                "100 HARD",
                "email",
                "16000",
                "ANCESTOR pkg-root WON access amount onLimit");

        Answer added = Customers.change(
                customer, first, Map.of("when", "NOW", "addons", List.of(Map.of("addon", "pkg-more", "quantity", 2))));
        assertThat(added.at("/version").asInt())
                .as("the version that was bought")
                .isEqualTo(bought);
        step(
                "two add-ons",
                added.at("/phases/2/from"),
                "200 HARD",
                "email",
                "16000",
                "ANCESTOR pkg-root WON access amount onLimit",
                MORE + "ADDED");

        Answer second = Customers.subscribe(customer, "pkg-other");
        step(
                "a second product",
                second.at("/phases/0/from"),
                "500 SOFT",
                "dedicated",
                "16000",
                "PLAN pkg-other WON access amount onLimit overageCap",
                "ANCESTOR pkg-root LOST",
                MORE + "ADDED");

        Answer raise =
                Customers.allow(customer, "promotions", CALLS, "{'limit': 25, 'every': 'P1M', 'effect': 'INCREMENT'}");
        step(
                "a promotion that adds",
                raise.at("/from"),
                "525 SOFT",
                "dedicated",
                "16000",
                "PLAN pkg-other WON access amount onLimit overageCap",
                "ANCESTOR pkg-root LOST",
                MORE + "ADDED",
                "PROMOTION ADDED");

        Answer override = Customers.allow(customer, "overrides", CALLS, "{'limit': 450, 'every': 'P1M'}");
        step(
                "an override",
                override.at("/from"),
                "575 SOFT",
                "dedicated",
                "16000",
                "PLAN pkg-other WON onLimit overageCap",
                "ANCESTOR pkg-root LOST",
                MORE + "ADDED",
                "OVERRIDE WON access amount",
                "PROMOTION ADDED");

        Answer own = Customers.allow(customer, "promotions", CALLS, "{'limit': 600, 'every': 'P1M'}");
        step(
                "a promotion with a value of its own",
                own.at("/from"),
                "600 SOFT",
                "dedicated",
                "16000",
                "PLAN pkg-other WON onLimit overageCap",
                "ANCESTOR pkg-root LOST",
                MORE + "LOST",
                "OVERRIDE LOST",
                "PROMOTION LOST",
                "PROMOTION WON access amount");

        Answer revoke = api.post(home + "/overrides", Map.of("feature", CALLS, "revoke", true, "reason", "a test"))
                .is(201)
                .isVisible();
        step(
                "a revoke",
                revoke.at("/from"),
                "none",
                "dedicated",
                "16000",
                "PLAN pkg-other REVOKED",
                "ANCESTOR pkg-root REVOKED",
                MORE + "REVOKED",
                "OVERRIDE REVOKED",
                "OVERRIDE WON access",
                "PROMOTION REVOKED",
                "PROMOTION REVOKED");

        Answer restored =
                api.delete(home + "/overrides/" + revoke.text("id")).is(200).isVisible();
        step(
                "the revoke is over",
                restored.at("/to"),
                "600 SOFT",
                "dedicated",
                "16000",
                "PLAN pkg-other WON onLimit overageCap",
                "ANCESTOR pkg-root LOST",
                MORE + "LOST",
                "OVERRIDE LOST",
                "PROMOTION LOST",
                "PROMOTION WON access amount");

        Answer cancelled = api.post(home + "/subscriptions/" + second.text("id") + "/cancel", Map.of("when", "NOW"))
                .is(200)
                .isVisible();
        step(
                "the second product is cancelled",
                cancelled.at("/end"),
                "600 HARD",
                "email",
                "16000",
                "ANCESTOR pkg-root LOST",
                MORE + "LOST",
                "OVERRIDE LOST",
                "PROMOTION LOST",
                "PROMOTION WON access amount onLimit");

        everyStepIsTheSameAsOfItsTime();
        creditsBurnByExpiryAtTheOldPrice();
        nothingAboveTheLimit();
    }

    private void step(String what, JsonNode from, String limit, String tier, String context, String... sources) {
        Step step = new Step(what, Instant.parse(from.asText()), limit, List.of(sources), tier, context);
        steps.add(step);
        holds(step, "", "as it is made");
    }

    private void everyStepIsTheSameAsOfItsTime() {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            holds(step, "&asOf=" + step.from(), "at its first instant");
            if (i + 1 < steps.size()) {
                holds(step, "&asOf=" + steps.get(i + 1).from().minusMillis(1), "at its last instant");
            }
        }
        assertThat(api.get(home + "/entitlements/" + CALLS + "?asOf="
                                + steps.getFirst().from().minusMillis(1))
                        .is(200)
                        .at("/granted")
                        .asBoolean(true))
                .as("before anything")
                .isFalse();
    }

    private void holds(Step step, String asOf, String when) {
        Answer calls = entitlement(CALLS, asOf);
        assertThat(Sources.of(calls)).as("%s, %s", step.what(), when).isEqualTo(step.sources());
        assertThat(limit(calls)).as("%s, %s", step.what(), when).isEqualTo(step.limit());
        assertThat(entitlement(TIER, asOf).text("value"))
                .as("%s, %s", step.what(), when)
                .isEqualTo(step.tier());
        assertThat(entitlement(CONTEXT, asOf).text("value"))
                .as("%s, %s", step.what(), when)
                .isEqualTo(step.context());
    }

    private Answer now() {
        return entitlement(CALLS, "");
    }

    private Answer entitlement(String feature, String asOf) {
        return api.get(home + "/entitlements/" + feature + "?explain=true" + asOf)
                .is(200);
    }

    private static String limit(Answer calls) {
        return calls.at("/granted").asBoolean()
                ? calls.at("/limit/amount").asText() + " "
                        + calls.at("/limit/kind").asText()
                : "none";
    }

    /** A token costs 0.01, as when the plan was bought, and the present that ends first pays first. */
    private void creditsBurnByExpiryAtTheOldPrice() {
        Instant now = Instant.now();
        String paid = grant("10", "PAID", now.plus(200, ChronoUnit.DAYS));
        String present = grant("2", "PROMOTIONAL", now.plus(10, ChronoUnit.DAYS));
        Map<String, Object> dimensions = Map.of("tokens", 300);
        Answer held = api.post(
                        "/v1/reservations", Map.of("customer", customer, "feature", CHAT, "dimensions", dimensions))
                .is(201);

        Answer settled = api.post("/v1/reservations/" + held.text("id") + "/settle", Map.of("dimensions", dimensions))
                .is(200);

        assertThat(settled.at("/spent/0/blocks/0/block").asText()).isEqualTo(present);
        assertThat(settled.decimal("/spent/0/blocks/0/amount")).isEqualByComparingTo("2");
        assertThat(settled.at("/spent/0/blocks/1/block").asText()).isEqualTo(paid);
        assertThat(settled.decimal("/spent/0/blocks/1/amount")).isEqualByComparingTo("1");
        assertThat(Customers.available(customer, CREDITS)).isEqualByComparingTo(new BigDecimal("9"));
    }

    private void nothingAboveTheLimit() {
        Customers.use(customer, CALLS, 600);
        Customers.reserve(customer, CALLS, 1).isProblem(429, "LIMIT_REACHED");
    }

    private String grant(String amount, String category, Instant expiresAt) {
        return api.post(
                        home + "/grants",
                        Map.of(
                                "unit",
                                CREDITS,
                                "amount",
                                amount,
                                "category",
                                category,
                                "expiresAt",
                                expiresAt.toString()))
                .is(201)
                .text("id");
    }
}
