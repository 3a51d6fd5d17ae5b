package dev.weir.e2e;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers of the tests: each test makes its own, so that none depends on what another left. */
final class Customers {
    /** Distinguishes this run of the tests from earlier ones on the same data. */
    static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Customers() {}

    /** An id that no customer has yet. */
    static String newId(String what) {
        return "e2e-" + what + "-" + RUN + "-" + NEXT.incrementAndGet();
    }

    /** A new customer on a plan. */
    static String on(String plan) {
        String customer = newId(plan);
        create(customer);
        subscribe(customer, plan);
        return customer;
    }

    static Answer create(String customer) {
        return Api.demo()
                .put("/v1/customers/" + customer, Map.of("name", "Test " + customer, "currency", "USD"))
                .is(200);
    }

    static Answer subscribe(String customer, String plan) {
        return Api.demo()
                .post("/v1/customers/" + customer + "/subscriptions", Map.of("plan", plan))
                .is(201);
    }

    static Answer grant(String customer, String amount) {
        return Api.demo()
                .post(
                        "/v1/customers/" + customer + "/grants",
                        Map.of("unit", "ai-credits", "amount", amount, "category", "PAID"))
                .is(201);
    }

    static Answer wallet(String customer, String unit) {
        return Api.demo().get("/v1/customers/" + customer + "/wallets/" + unit);
    }

    static BigDecimal available(String customer, String unit) {
        return wallet(customer, unit).is(200).decimal("/available");
    }

    static Answer check(String customer, String feature) {
        return Api.demo()
                .post("/v1/check", Map.of("customer", customer, "feature", feature))
                .is(200);
    }

    /** One feature as the customer has it now, explained. */
    static Answer entitlement(String customer, String feature) {
        return Api.demo().get("/v1/customers/" + customer + "/entitlements/" + feature + "?explain=true");
    }

    /** One feature as the customer had it at an instant, explained. */
    static Answer entitlement(String customer, String feature, String asOf) {
        return Api.demo()
                .get("/v1/customers/" + customer + "/entitlements/" + feature + "?explain=true&asOf=" + asOf)
                .is(200);
    }

    /** A subscription with whatever else the request says. */
    static Answer subscribe(String customer, String plan, Map<String, Object> more) {
        Map<String, Object> body = new TreeMap<>(more);
        body.put("plan", plan);
        return Api.demo()
                .post("/v1/customers/" + customer + "/subscriptions", body)
                .is(201)
                .isVisible();
    }

    /** Changes a subscription. */
    static Answer change(String customer, String subscription, Map<String, Object> body) {
        return Api.demo()
                .post("/v1/customers/" + customer + "/subscriptions/" + subscription + "/change", body)
                .is(200)
                .isVisible();
    }

    /** Makes a promotion or an override; entitlement as JSON, single quotes allowed. */
    static Answer allow(String customer, String kind, String feature, String entitlement) {
        return Api.demo()
                .post(
                        "/v1/customers/" + customer + "/" + kind,
                        Map.of("feature", feature, "entitlement", Catalog.json(entitlement), "reason", "a test"))
                .is(201)
                .isVisible();
    }

    /** Reserves a quantity and uses all of it. */
    static Answer use(String customer, String feature, int quantity) {
        Answer held = reserve(customer, feature, quantity).is(201);
        return Api.demo()
                .post("/v1/reservations/" + held.text("id") + "/settle", Map.of("quantity", quantity))
                .is(200);
    }

    static Answer reserve(String customer, String feature, int quantity) {
        return Api.demo()
                .post("/v1/reservations", Map.of("customer", customer, "feature", feature, "quantity", quantity));
    }

    /** A request to the small model; an input of 2000 tokens and no output costs one credit. */
    static Map<String, Object> tokens(int input, int output) {
        return Map.of("model", "small", "inputTokens", input, "outputTokens", output);
    }
}
