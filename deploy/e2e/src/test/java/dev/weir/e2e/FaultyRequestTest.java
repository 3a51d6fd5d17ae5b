package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each faulty request has an answer of its own, which says what is wrong and where; and nothing has changed after it. */
@Order(31)
class FaultyRequestTest {
    private static final String NOBODY = "01a20f3b-b3e3-7b6c-90eb-bd78d9777fbb";

    private static String customer = "";
    private static String subscription = "";
    private static String hold = "";
    private static Map<String, JsonNode> before = Map.of();

    /**
     * A request and its answer.
     *
     * @param call method and path; {@code C}, {@code S} and {@code R} stand for the customer, its subscription and its hold
     * @param body JSON, single quotes allowed
     * @param code of the problem
     * @param fault the places and codes that {@code errors} lists; empty where the request as a whole is at fault
     */
    record Case(String call, @Nullable String body, int status, String code, String... fault) {
        @Override
        public String toString() {
            return call + " " + (body == null ? "" : body) + " = " + status + " " + code;
        }
    }

    @BeforeAll
    static void aCustomerWithEverything() {
        LedgerCatalog.apply();
        PackagingCatalog.original();
        customer = Customers.newId("faulty");
        Customers.create(customer);
        subscription = Customers.subscribe(customer, "led-images").text("id");
        Map<String, Object> grant = Map.of("unit", "led-coarse", "amount", "10", "category", "PAID");
        Api.demo().post("/v1/customers/" + customer + "/grants", grant).is(201);
        Customers.use(customer, "led-images", 2);
        Map<String, Object> asked = Map.of("customer", customer, "feature", "led-chat", "dimensions", Map.of("tokens", 100));
        hold = Api.demo().post("/v1/reservations", asked).is(201).text("id");
        before = state();
    }

    static Stream<Case> cases() {
        String s = "C/subscriptions";
        String grants = "POST C/grants";
        String reserve = "POST /v1/reservations";
        String settle = "POST /v1/reservations/R/settle";
        String allowance = "'feature': 'led-images', 'reason': 'a test'";
        return Stream.of(
                // Customers
                bad("PUT /v1/customers/-x", "{}", 400, "INVALID_KEY", "customer INVALID_KEY"),
                bad("PUT C", "{'timeZone': 'Mars/Olympus'}", 400, "INVALID_VALUE", "timeZone INVALID_VALUE"),
                bad("PUT C", "{'country': 'Germany'}", 400, "INVALID_VALUE", "country INVALID_VALUE"),
                bad("PUT C", "{'currency': 'DOLLARS'}", 400, "INVALID_VALUE", "currency INVALID_VALUE"),
                bad("PUT C", "{'parent': 'nobody-at-all'}", 422, "UNKNOWN_CUSTOMER", "parent UNKNOWN_CUSTOMER"),
                bad("PUT C", "{'colour': 'blue'}", 400, "UNKNOWN_FIELD", "colour UNKNOWN_FIELD"),
                bad("PUT C", "{'name': ", 400, "MALFORMED_BODY"),
                bad("PUT C", "[1]", 400, "INVALID_VALUE", " INVALID_VALUE"),
                bad("PUT C", "{'metadata': 'x'}", 400, "INVALID_VALUE", "metadata INVALID_VALUE"),
                bad("DELETE C/wallets", null, 405, "METHOD_NOT_ALLOWED"),
                bad("GET /v1/customers?limit=0", null, 400, "INVALID_VALUE", "limit OUT_OF_RANGE"),
                bad("GET /v1/customers?limit=many", null, 400, "INVALID_VALUE", "limit INVALID_VALUE"),
                bad("GET /v1/customers?after=nonsense", null, 400, "INVALID_CURSOR", "after INVALID_CURSOR"),
                // Subscriptions
                bad("POST " + s, "{}", 400, "REQUIRED", "plan REQUIRED"),
                bad("POST " + s, "{'plan': 'no-such-plan'}", 422, "UNKNOWN_PLAN", "plan UNKNOWN_PLAN"),
                bad("POST " + s, "{'plan': 'PRO!'}", 400, "INVALID_KEY", "plan INVALID_KEY"),
                bad("POST " + s, "{'plan': 'pkg-top', 'version': 0}", 400, "INVALID_VALUE", "version INVALID_VALUE"),
                bad("POST " + s, "{'plan': 'pkg-top', 'version': 9999}", 422, "UNKNOWN_PLAN", "plan UNKNOWN_PLAN"),
                bad("POST " + s, "{'plan': 'pkg-top', 'start': 'yesterday'}", 400, "INVALID_VALUE", "start INVALID_VALUE"),
                bad("POST " + s, "{'plan': 'pkg-top', 'anchor': 'NOON'}", 400, "INVALID_VALUE", "anchor INVALID_VALUE"),
                bad("POST " + s, "{'plan': 'pkg-top', 'trial': 'yes'}", 400, "INVALID_VALUE", "trial INVALID_VALUE"),
                bad("POST " + s, "{'plan': 'pkg-max', 'trial': true}", 422, "NO_TRIAL", "trial NO_TRIAL"),
                bad("POST " + s, "{'plan': 'led-images'}", 409, "SUBSCRIPTION_EXISTS"),
                bad("POST " + s, "{'plan': 'led-1k', 'addons': [{'addon': 'pkg-more', 'quantity': 1}]}", 422,
                        "ADDON_INCOMPATIBLE", "addons[0] ADDON_INCOMPATIBLE"),
                bad("POST " + s, "{'plan': 'pkg-top', 'addons': [{'addon': 'pkg-more', 'quantity': 0}]}", 400,
                        "INVALID_QUANTITY", "addons[0].quantity INVALID_QUANTITY"),
                bad("POST " + s, "{'plan': 'pkg-top', 'addons': [{'addon': 'pkg-more', 'quantity': 11}]}", 422,
                        "ADDON_QUANTITY_EXCEEDED", "addons[0].quantity ADDON_QUANTITY_EXCEEDED"),
                bad("POST " + s + "/S/change", "{}", 400, "REQUIRED", "plan REQUIRED", "when REQUIRED"),
                bad("POST " + s + "/S/change", "{'plan': 'led-1k', 'when': 'LATER'}", 400, "INVALID_VALUE", "when INVALID_VALUE"),
                bad("POST " + s + "/S/change", "{'plan': 'led-1k', 'when': '2020-01-01T00:00:00Z'}", 400,
                        "INVALID_VALUE", "when INVALID_VALUE"),
                bad("POST " + s + "/S/change", "{'plan': 'pkg-top', 'when': 'NOW'}", 422, "PRODUCT_MISMATCH", "plan PRODUCT_MISMATCH"),
                bad("POST " + s + "/S/cancel", "{}", 400, "REQUIRED", "when REQUIRED"),
                bad("POST " + s + "/" + NOBODY + "/cancel", "{'when': 'NOW'}", 404, "UNKNOWN_SUBSCRIPTION"),
                // Promotions and overrides
                bad("POST C/promotions", "{}", 400, "REQUIRED", "feature REQUIRED", "entitlement REQUIRED", "reason REQUIRED"),
                bad("POST C/promotions", "{" + allowance + ", 'entitlement': {'limit': -1}}", 400,
                        "INVALID_QUANTITY", "entitlement.limit INVALID_QUANTITY"),
                bad("POST C/promotions", "{" + allowance + ", 'entitlement': {'limit': 1, 'every': 'monthly'}}", 400,
                        "INVALID_VALUE", "entitlement.every INVALID_VALUE"),
                bad("POST C/promotions", "{" + allowance + ", 'entitlement': {'limit': 5, 'every': 'P1D', 'effect': 'INCREMENT'}}",
                        400, "INCREMENT_PERIOD_MISMATCH", "entitlement.every INCREMENT_PERIOD_MISMATCH"),
                bad("POST C/promotions", "{" + allowance + ", 'entitlement': {'value': 'gold'}}", 400,
                        "INVALID_VALUE", "entitlement.value INVALID_VALUE"),
                bad("POST C/overrides", "{'feature': 'pkg-tier', 'reason': 'x', 'entitlement': {'value': 'gold'}}", 400,
                        "INVALID_VALUE", "entitlement.value INVALID_VALUE"),
                bad("POST C/overrides", "{" + allowance + ", 'entitlement': {'limit': 1}, 'revoke': true}", 400,
                        "INVALID_VALUE", "entitlement INVALID_VALUE"),
                bad("POST C/overrides", "{'feature': 'no-such', 'reason': 'x', 'revoke': true}", 404, "UNKNOWN_FEATURE"),
                bad("POST C/overrides", "{" + allowance + ", 'revoke': true, 'from': '2030-01-01T00:00:00Z',"
                        + " 'to': '2029-01-01T00:00:00Z'}", 400, "INVALID_VALUE", "to INVALID_VALUE"),
                bad("POST C/overrides", "{" + allowance + ", 'revoke': true, 'to': 'soon'}", 400, "INVALID_VALUE", "to INVALID_VALUE"),
                bad("DELETE C/overrides/" + NOBODY, null, 404, "NOT_FOUND"),
                // Grants
                bad(grants, "{'unit': 'gold', 'amount': '1', 'category': 'PAID'}", 422, "UNKNOWN_UNIT", "unit UNKNOWN_UNIT"),
                bad(grants, "{'unit': 'led-images', 'amount': '1', 'category': 'PAID'}", 422, "UNKNOWN_UNIT", "unit UNKNOWN_UNIT"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '0', 'category': 'PAID'}", 400, "INVALID_QUANTITY", "amount INVALID_QUANTITY"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '1.234', 'category': 'PAID'}", 400, "INVALID_QUANTITY",
                        "amount INVALID_QUANTITY"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '99999999999999999999', 'category': 'PAID'}", 400,
                        "INVALID_QUANTITY", "amount INVALID_QUANTITY"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '1'}", 400, "REQUIRED", "category REQUIRED"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '1', 'category': 'FREE'}", 400, "INVALID_VALUE", "category INVALID_VALUE"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '1', 'category': 'PAID', 'priority': 'high'}", 400,
                        "INVALID_VALUE", "priority INVALID_VALUE"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '1', 'category': 'PAID', 'expiresAt': '2020-01-01T00:00:00Z'}", 400,
                        "INVALID_VALUE", "expiresAt INVALID_VALUE"),
                bad(grants, "{'unit': 'led-coarse', 'amount': '1', 'category': 'PAID', 'cost': {'amount': '1.234', 'currency': 'USD'}}",
                        400, "INVALID_VALUE", "cost.amount INVALID_VALUE"),
                // Reservations
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat'}", 400, "REQUIRED", "quantity REQUIRED"),
                bad(reserve, "{'customer': 'C', 'feature': 'no-such', 'quantity': 1}", 404, "UNKNOWN_FEATURE"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-images', 'quantity': '0.5'}", 400, "INVALID_QUANTITY",
                        "quantity INVALID_QUANTITY"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-images', 'dimensions': {'tokens': 1}}", 400, "INVALID_VALUE",
                        "dimensions INVALID_VALUE"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat', 'dimensions': {'tokens': 'x'}}", 400, "INVALID_QUANTITY",
                        "dimensions.tokens INVALID_QUANTITY"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat', 'dimensions': {'model': 'a'}}", 422, "UNPRICED"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat', 'quantity': 1, 'expiresIn': 'soon'}", 400, "INVALID_VALUE",
                        "expiresIn INVALID_VALUE"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat', 'quantity': 1, 'onLapse': 'FORGET'}", 400, "INVALID_VALUE",
                        "onLapse INVALID_VALUE"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat', 'dimensions': {'tokens': 1}, 'atLeast': {'tokens': 5}}", 400,
                        "INVALID_VALUE", "atLeast INVALID_VALUE"),
                bad(reserve, "{'customer': 'C', 'feature': 'pkg-export', 'quantity': 1}", 422, "NOT_RESERVABLE", "feature NOT_RESERVABLE"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-calls', 'quantity': 1}", 403, "NOT_ENTITLED"),
                bad(reserve, "{'customer': 'C', 'feature': 'led-chat', 'dimensions': {'tokens': 100000}}", 402, "INSUFFICIENT_CREDIT"),
                bad("POST /v1/reservations/R/extend", "{'dimensions': {'tokens': 100000}}", 402, "INSUFFICIENT_CREDIT"),
                bad(settle, "{}", 400, "REQUIRED", "quantity REQUIRED"),
                bad(settle, "{'quantity': -1}", 400, "INVALID_QUANTITY", "quantity INVALID_QUANTITY"),
                bad(settle, "{'dimensions': {'tokens': 1}, 'event': {'id': 'x'}}", 400, "REQUIRED", "event.source REQUIRED"),
                bad(settle, "{'dimensions': {'tokens': 1}, 'event': {'id': 'x', 'source': 'y', 'data': {'tokens': 2}}}", 422,
                        "EVENT_CONTRADICTS", "dimensions.tokens EVENT_CONTRADICTS"),
                bad("POST /v1/reservations/" + NOBODY + "/release", "{}", 404, "UNKNOWN_RESERVATION"),
                bad("POST /v1/reservations/R/forget", "{}", 404, "NOT_FOUND"),
                // Events, one by one
                bad("POST /v1/events", "{'specversion':", 400, "MALFORMED_EVENT"),
                bad("POST /v1/events", "{'specversion': '1.0', 'type': 'led.image', 'source': 'e2e', 'subject': 'C'}", 400,
                        "MALFORMED_EVENT", "id REQUIRED"),
                bad("POST /v1/events", "{'specversion': '0.3', 'type': 'led.image', 'source': 'e2e', 'id': '1', 'subject': 'C'}", 400,
                        "MALFORMED_EVENT", "specversion INVALID_VALUE"),
                bad("POST /v1/events", "{'specversion': '1.0', 'type': 'led.image', 'source': 'e2e', 'id': '1', 'subject': 'C',"
                        + " 'time': 'noon'}", 400, "MALFORMED_EVENT", "time INVALID_VALUE"),
                bad("POST /v1/events", "{'specversion': '1.0', 'type': 'led.image', 'source': 'e2e', 'id': '1', 'subject': 'C',"
                        + " 'data': 'text'}", 400, "MALFORMED_EVENT", "data INVALID_VALUE"),
                // Checks, estimates and reads
                bad("POST /v1/check", "{'feature': 'led-chat'}", 400, "REQUIRED", "customer REQUIRED"),
                bad("POST /v1/check", "{'customer': 'C', 'feature': 'led-images', 'quantity': 'x'}", 400, "INVALID_QUANTITY",
                        "quantity INVALID_QUANTITY"),
                bad("POST /v1/check", "{'customer': 'C', 'feature': 'led-chat', 'dimensions': {'tokens': -1}}", 400, "INVALID_QUANTITY",
                        "dimensions.tokens INVALID_QUANTITY"),
                bad("POST /v1/estimate", "{'customer': 'C', 'feature': 'led-chat'}", 400, "REQUIRED", "dimensions REQUIRED"),
                bad("POST /v1/estimate", "{'customer': 'C', 'feature': 'led-images', 'quantity': '0.5'}", 400, "INVALID_QUANTITY",
                        "quantity INVALID_QUANTITY"),
                bad("POST /v1/estimate", "{'customer': 'C', 'feature': 'led-images', 'value': 1}", 400, "UNKNOWN_FIELD", "value UNKNOWN_FIELD"),
                bad("GET C/entitlements/led-images?asOf=then", null, 400, "INVALID_VALUE", "asOf INVALID_VALUE"),
                bad("GET C/entitlements/led-images?asOf=2020-01-01T00:00:00Z", null, 422, "AS_OF_TOO_OLD", "asOf AS_OF_TOO_OLD"),
                bad("GET C/wallets/led-coarse?asOf=then", null, 400, "INVALID_VALUE", "asOf INVALID_VALUE"),
                bad("GET C/wallets/gold", null, 404, "UNKNOWN_UNIT"),
                bad("GET C/usage", null, 400, "REQUIRED", "feature REQUIRED"),
                bad("GET C/usage?feature=led-images&window=EON", null, 400, "INVALID_VALUE", "window INVALID_VALUE"),
                bad("GET C/nothing", null, 404, "NOT_FOUND"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatIsWrongAndWhereAndChangesNothing(Case given) {
        String[] call = given.call().split(" ", 2);
        String path = call[1].replace("/R/", "/" + hold + "/")
                .replaceFirst("^C", "/v1/customers/" + customer)
                .replace("/S/", "/" + subscription + "/");
        String body = given.body() == null
                ? null
                : given.body().replace('\'', '"').replace("\"C\"", "\"" + customer + "\"");

        Answer refused = Api.demo().call(call[0], path, body).isProblem(given.status(), given.code());

        assertThat(faults(refused)).containsExactly(given.fault());
        assertThat(refused.text("detail")).as("what a person reads").isNotBlank();
        assertThat(state()).as("nothing has changed").isEqualTo(before);
    }

    @Test
    void rejectsWhatIsWrongInABatchAndTakesTheRest() {
        String mine = Customers.on("led-images");
        List<Map<String, Object>> batch = List.of(
                event(mine, "good", Map.of()),
                event(mine, "future", Map.of("time", "2190-01-01T00:00:00Z")),
                event(mine, "old", Map.of("time", "2001-01-01T00:00:00Z")),
                event(mine, "x".repeat(300), Map.of()),
                event(mine, "good", Map.of()));

        Answer answer = Api.demo().post("/v1/events", batch).is(200);

        assertThat(answer.at("/accepted").asInt()).as("%s", answer.body()).isEqualTo(1);
        assertThat(answer.at("/duplicates").asInt()).as("%s", answer.body()).isEqualTo(1);
        List<String> rejected = StreamSupport.stream(answer.at("/rejected").spliterator(), false)
                .map(one -> one.path("index").asInt() + " " + one.path("code").asText())
                .toList();
        assertThat(rejected).containsExactlyInAnyOrder("1 IN_FUTURE", "2 TOO_OLD", "3 MALFORMED_EVENT");
    }

    private static Case bad(String call, @Nullable String body, int status, String code, String... fault) {
        return new Case(call, body, status, code, fault);
    }

    private static List<String> faults(Answer refused) {
        List<String> faults = new ArrayList<>();
        for (JsonNode error : refused.at("/errors")) {
            faults.add(error.path("field").asText() + " " + error.path("code").asText());
            assertThat(error.path("detail").asText()).as("%s", error).isNotBlank();
        }
        return faults;
    }

    private static Map<String, Object> event(String subject, String id, Map<String, Object> more) {
        Map<String, Object> event = new TreeMap<>(more);
        event.putAll(Map.of("specversion", "1.0", "type", "led.image", "source", "e2e-" + subject, "id", id, "subject", subject));
        return event;
    }

    /** All that could have changed. */
    private static Map<String, JsonNode> state() {
        String home = "/v1/customers/" + customer;
        Map<String, JsonNode> state = new TreeMap<>();
        for (String path : List.of(
                home,
                home + "/subscriptions",
                home + "/promotions",
                home + "/overrides",
                home + "/entitlements",
                home + "/wallets",
                home + "/wallets/led-coarse/journal",
                home + "/wallets/led-images/journal",
                "/v1/reservations/" + hold)) {
            state.put(path, timeless(Api.demo().get(path).is(200).body()));
        }
        return state;
    }

    private static JsonNode timeless(JsonNode node) {
        JsonNode copy = node.deepCopy();
        copy.findParents("asOf").forEach(parent -> ((ObjectNode) parent).remove("asOf"));
        return copy;
    }
}
