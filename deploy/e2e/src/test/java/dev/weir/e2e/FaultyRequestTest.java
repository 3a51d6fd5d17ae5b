package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each faulty request has an answer of its own, which says what is wrong and where; and nothing has changed after it. */
@Order(31)
class FaultyRequestTest {
    private static String customer = "";
    private static String subscription = "";
    private static String hold = "";
    private static Map<String, JsonNode> before = Map.of();

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
        Map<String, Object> asked =
                Map.of("customer", customer, "feature", "led-chat", "dimensions", Map.of("tokens", 100));
        hold = Api.demo().post("/v1/reservations", asked).is(201).text("id");
        before = state();
    }

    @ParameterizedTest(name = "{0} {1} = {2} {3}")
    @CsvFileSource(resources = "/faulty-requests.txt", delimiter = '|', maxCharsPerColumn = 1000)
    void saysWhatIsWrongAndWhereAndChangesNothing(
            String call, @Nullable String body, int status, String code, @Nullable String faults) {
        String[] methodAndPath = call.split(" ", 2);
        String path = methodAndPath[1]
                .replace("/R/", "/" + hold + "/")
                .replaceFirst("^C", "/v1/customers/" + customer)
                .replace("/S/", "/" + subscription + "/");
        String json = body == null ? null : body.replace('\'', '"').replace("\"C\"", "\"" + customer + "\"");

        Answer refused = Api.demo().call(methodAndPath[0], path, json).isProblem(status, code);

        assertThat(faults(refused)).isEqualTo(faults == null ? "" : faults);
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

    /** The places that the problem names, each with its code. */
    private static String faults(Answer refused) {
        List<String> faults = new ArrayList<>();
        for (JsonNode error : refused.at("/errors")) {
            assertThat(error.path("detail").asText()).as("%s", error).isNotBlank();
            String field = error.path("field").asText();
            faults.add((field.isEmpty() ? "(body)" : field) + " "
                    + error.path("code").asText());
        }
        return String.join(", ", faults);
    }

    private static Map<String, Object> event(String subject, String id, Map<String, Object> more) {
        Map<String, Object> event = new TreeMap<>(more);
        event.putAll(Map.of(
                "specversion", "1.0", "type", "led.image", "source", "e2e-" + subject, "id", id, "subject", subject));
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
