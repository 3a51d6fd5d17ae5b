package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What is wrong is refused with a code of its own, and changes nothing. */
@Order(30)
class BadInputTest {
    private static final String GRANTS = "/v1/customers/%s/grants";

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        Catalog.base();
    }

    @Test
    void refusesACatalogWithFiveFaultsWholeAndNamesAllFive() {
        Catalog.undisturbed(this::refuseFiveFaults);
    }

    private void refuseFiveFaults() {
        ObjectNode document = Catalog.inForce();
        String version = api.get("/v1/catalog").header("Weir-Catalog-Version");
        ObjectNode faulty = document.deepCopy();
        ((ObjectNode) faulty.at("/plans/pro/entitlements/chat")).put("onLimit", "SOMETIMES");
        ((ObjectNode) faulty.at("/plans/base")).put("extends", "pro");
        ((ObjectNode) faulty.at("/features/images")).put("meter", "pictures");
        ((ObjectNode) faulty.at("/features/chat/rates/0/per")).put("inputTokens", "0.0000001");
        ((ObjectNode) faulty.at("/plans/starter/charges/0/tiers/1")).put("upTo", "5");
        ((ObjectNode) faulty.at("/plans/starter/charges/0"))
                .withArrayProperty("tiers")
                .addObject()
                .putNull("upTo")
                .put("unitPrice", "0.001");
        faulty.withObjectProperty("plans").set("innocent", Catalog.json("{'product': 'assistant'}"));

        Answer refused = api.put("/v1/catalog", faulty).isProblem(422, "CATALOG_INVALID");

        Map<String, String> errors = new TreeMap<>();
        refused.at("/errors")
                .forEach(error -> errors.put(
                        error.path("field").asText(), error.path("code").asText()));
        assertThat(errors)
                .containsEntry("plans.pro.entitlements.chat.onLimit", "INVALID_VALUE")
                .containsEntry("features.images.meter", "UNKNOWN_METER")
                .containsEntry("features.chat.rates[0].per.inputTokens", "TOO_MANY_DECIMALS")
                .containsEntry("plans.starter.charges[0].tiers[1].upTo", "OVERLAPPING_TIERS")
                .containsValue("CIRCULAR_INHERITANCE");
        assertThat(Catalog.inForce()).isEqualTo(document);
        assertThat(api.get("/v1/catalog").header("Weir-Catalog-Version")).isEqualTo(version);
    }

    @Test
    void refusesAPublishOverAnotherAndSaysWhatChangedInBetween() {
        Catalog.undisturbed(this::publishOverAnother);
    }

    private void publishOverAnother() {
        Answer mine = api.get("/v1/catalog").is(200);
        String seen = mine.header("ETag");
        ObjectNode theirs = Catalog.withPlan(
                (ObjectNode) mine.body(),
                "bad-input",
                "{'product': 'assistant', 'name': '%s'}".formatted(Customers.newId("theirs")));
        api.put("/v1/catalog", theirs).is(200);

        Answer refused = api.put("/v1/catalog", mine.body(), seen).isProblem(412, "VERSION_CONFLICT");

        assertThat(refused.at("/between")).hasSize(1);
        assertThat(refused.at("/diff/0/key").asText()).isEqualTo("bad-input");
        assertThat(Catalog.inForce()).isEqualTo(theirs);
    }

    @Test
    void refusesAnUnknownCustomer() {
        String nobody = Customers.newId("nobody");

        reserve(nobody, "chat", Map.of("dimensions", Customers.tokens(10, 0))).isProblem(404, "UNKNOWN_CUSTOMER");
        grant(nobody, "ai-credits", "5").isProblem(404, "UNKNOWN_CUSTOMER");
        api.post("/v1/customers/" + nobody + "/subscriptions", Map.of("plan", "pro"))
                .isProblem(404, "UNKNOWN_CUSTOMER");
        Answer check = Customers.check(nobody, "chat");

        assertThat(check.at("/allowed").asBoolean(true)).isFalse();
        assertThat(check.text("reason")).isEqualTo("UNKNOWN_CUSTOMER");
        api.get("/v1/customers/" + nobody).isProblem(404, "UNKNOWN_CUSTOMER");
    }

    @Test
    void refusesAnUnknownFeatureUnitAndPlan() {
        String customer = Customers.on("pro");
        JsonNode before = state(customer);

        reserve(customer, "telepathy", Map.of("quantity", 1)).isProblem(404, "UNKNOWN_FEATURE");
        assertThat(Customers.check(customer, "telepathy").text("reason")).isEqualTo("UNKNOWN_FEATURE");
        grant(customer, "gold", "5").isProblem(422, "UNKNOWN_UNIT");
        Customers.wallet(customer, "gold").isProblem(404, "UNKNOWN_UNIT");
        Answer plan = api.post(
                "/v1/customers/" + Customers.create(Customers.newId("noplan")).text("id") + "/subscriptions",
                Map.of("plan", "platinum"));
        assertThat(plan.status()).as("%s", plan.body()).isIn(404, 422);
        assertThat(plan.text("code")).isEqualTo("UNKNOWN_PLAN");

        assertThat(state(customer)).isEqualTo(before);
    }

    @Test
    void refusesQuantitiesThatAreNone() {
        String customer = Customers.on("pro");
        JsonNode before = state(customer);

        reserve(customer, "images", Map.of("quantity", -1)).isProblem(400, "INVALID_QUANTITY");
        reserve(customer, "images", Map.of("quantity", "0.5")).isProblem(400, "INVALID_QUANTITY");
        reserve(customer, "chat", Map.of("dimensions", Customers.tokens(-5, 0))).isProblem(400, "INVALID_QUANTITY");
        Answer negative = grant(customer, "ai-credits", "-5");
        assertThat(negative.status()).as("%s", negative.body()).isEqualTo(400);
        Answer unknownField = reserve(customer, "images", Map.of("quantity", 1, "colour", "blue"));
        unknownField.isProblem(400, "UNKNOWN_FIELD");

        assertThat(state(customer)).isEqualTo(before);
    }

    @Test
    void refusesMalformedEventsOneByOne() {
        String customer = Customers.on("pro");

        Answer broken = api.postText("/v1/events", "{\"specversion\": ", "application/cloudevents+json");
        assertThat(broken.status()).as("%s", broken.body()).isEqualTo(400);
        assertThat(broken.text("code")).isIn("MALFORMED_EVENT", "MALFORMED_BODY");
        Answer batch = api.post(
                        "/v1/events",
                        List.of(
                                event(customer, "good"),
                                Map.of("specversion", "1.0", "id", "no-type", "source", "e2e", "subject", customer)))
                .is(200);

        assertThat(batch.at("/accepted").asInt()).as("%s", batch.body()).isEqualTo(1);
        assertThat(batch.at("/rejected/0/code").asText()).isEqualTo("MALFORMED_EVENT");
        assertThat(batch.at("/rejected/0/index").asInt()).isEqualTo(1);
    }

    @Test
    void letsNobodyInWithoutTheRole() {
        String customer = Customers.on("pro");
        JsonNode before = state(customer);
        Api nobody = new Api(null);
        Api forged = new Api("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.");

        nobody.post("/v1/check", Map.of("customer", customer, "feature", "chat"))
                .isProblem(401, "UNAUTHENTICATED");
        forged.get("/v1/customers/" + customer).isProblem(401, "UNAUTHENTICATED");
        Api.as("product").put("/v1/catalog", Catalog.inForce()).isProblem(403, "FORBIDDEN");
        Api.as("product")
                .post(GRANTS.formatted(customer), Map.of("unit", "ai-credits", "amount", "5", "category", "PAID"))
                .isProblem(403, "FORBIDDEN");
        Api.as("finance")
                .post("/v1/reservations", Map.of("customer", customer, "feature", "images", "quantity", 1))
                .isProblem(403, "FORBIDDEN");
        Api.as("operator").get("/v1/reconciliation/report").isProblem(403, "FORBIDDEN");
        Api.as("catalog-admin")
                .put("/v1/customers/" + customer, Map.of("name", "Mine"))
                .isProblem(403, "FORBIDDEN");

        assertThat(state(customer)).isEqualTo(before);
    }

    private Answer reserve(String customer, String feature, Map<String, Object> amount) {
        Map<String, Object> body = new TreeMap<>(amount);
        body.put("customer", customer);
        body.put("feature", feature);
        return api.post("/v1/reservations", body);
    }

    private Answer grant(String customer, String unit, String amount) {
        return api.post(GRANTS.formatted(customer), Map.of("unit", unit, "amount", amount, "category", "PAID"));
    }

    private static Map<String, Object> event(String customer, String id) {
        return Map.of(
                "specversion",
                "1.0",
                "type",
                "api.request",
                "source",
                "e2e",
                "id",
                id + "-" + customer,
                "subject",
                customer,
                "data",
                Map.of());
    }

    /** What could have changed: the customer's wallet. */
    private static JsonNode state(String customer) {
        ObjectNode wallet =
                Customers.wallet(customer, "ai-credits").is(200).body().deepCopy();
        wallet.remove("asOf");
        return wallet;
    }
}
