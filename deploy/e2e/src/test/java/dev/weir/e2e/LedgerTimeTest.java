package dev.weir.e2e;

import static dev.weir.e2e.LedgerCatalog.CALLS;
import static dev.weir.e2e.LedgerCatalog.CHAT;
import static dev.weir.e2e.LedgerCatalog.COARSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What happened when decides, not when anybody told of it or looked. */
@Order(61)
class LedgerTimeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void aCallMadeAt2359AndReportedAt0005BurnsTheOldMonth() {
        // The month's end lies five minutes back: "midnight" of this customer.
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(5, ChronoUnit.MINUTES);
        String customer = Customers.newId("midnight");
        Customers.create(customer);
        Customers.subscribe(
                customer,
                "led-1k",
                Map.of("start", midnight.minus(20, ChronoUnit.DAYS).toString(), "anchor", midnight.toString()));
        Customers.use(customer, CALLS, 3);

        report(customer, "led.call", midnight.minusSeconds(60), Map.of());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(endingAt(customer, CALLS, midnight)
                                .path("consumed")
                                .asText())
                        .isEqualTo("1"));
        Answer check = Customers.check(customer, CALLS);
        assertThat(check.decimal("/usage/used")).as("of the new month").isEqualByComparingTo("3");
        assertThat(check.decimal("/usage/remaining")).isEqualByComparingTo("997");
        JsonNode usage = api.get("/v1/customers/" + customer + "/usage?feature=" + CALLS + "&window=PERIOD&from="
                        + midnight.minusSeconds(3600) + "&to=" + Instant.now().plusSeconds(60))
                .is(200)
                .at("/items");
        assertThat(usage).hasSize(2);
        assertThat(usage.at("/0/value").asText()).isEqualTo("1");
        assertThat(usage.at("/1/value").asText()).isEqualTo("3");
    }

    @Test
    void whatHappenedBeforeCreditExpiredIsPaidWithItHoweverLateItIsReported() {
        String customer = Customers.on("led-images");
        String lasting = grant(customer, "10", Instant.now().plus(30, ChronoUnit.DAYS));
        Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        String brief = grant(customer, "5", end);
        Instant before = Instant.now();
        await().atMost(SOON).until(() -> Instant.now().isAfter(end.plusMillis(20)));

        report(customer, "led.chat", before, Map.of("tokens", 150));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Wallet.of(customer, COARSE)
                                .block(brief)
                                .path("consumed")
                                .asText())
                        .isEqualTo("1.5"));
        assertThat(Wallet.of(customer, COARSE).block(lasting).path("consumed").asText())
                .isEqualTo("0");
        assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("10");
    }

    @Test
    void aTrialEndsWhileAHoldIsOpen() {
        String customer = Customers.newId("trialhold");
        Customers.create(customer);
        Customers.subscribe(customer, "led-tried", Map.of("trial", true));
        String calls = Customers.reserve(customer, CALLS, 3000).is(201).text("id");
        String tokens = reserveTokens(customer, 2000).is(201).text("id");
        String unused = reserveTokens(customer, 500).is(201).text("id");
        assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("25");

        await().atMost(SOON)
                .until(() -> Customers.check(customer, CALLS).text("reason").equals("NO_SUBSCRIPTION"));

        // The work was done: what was held is spent. Nothing can be added to it, and nothing else is left of the trial.
        api.post("/v1/reservations/" + tokens + "/extend", Map.of("dimensions", Map.of("tokens", 1)))
                .isProblem(403, "NO_SUBSCRIPTION");
        reserveTokens(customer, 1).isProblem(403, "NO_SUBSCRIPTION");
        Answer settled = api.post("/v1/reservations/" + calls + "/settle", Map.of("quantity", 3000))
                .is(200);
        assertThat(settled.decimal("/spent/0/amount")).isEqualByComparingTo("3000");
        assertThat(settled.at("/overrun")).isEmpty();
        Answer burned = api.post("/v1/reservations/" + tokens + "/settle", Map.of("dimensions", Map.of("tokens", 1500)))
                .is(200);
        assertThat(burned.decimal("/spent/0/amount")).isEqualByComparingTo("15");
        assertThat(burned.decimal("/released/0/amount")).isEqualByComparingTo("5");
        assertThat(burned.at("/overrun")).isEmpty();
        api.post("/v1/reservations/" + unused + "/release", Map.of()).is(200);
        assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("0");
        assertThat(Wallet.of(customer, COARSE).body().path("held").asText()).isEqualTo("0");
    }

    @Test
    void asOfAnInstantBetweenABlocksExpiryAndItsPosting() {
        String customer = Customers.on("led-images");
        grant(customer, "10", Instant.now().plus(30, ChronoUnit.DAYS));
        Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        String brief = grant(customer, "5", end);
        assertThat(Customers.available(customer, COARSE)).isEqualByComparingTo("15");
        await().atMost(SOON).until(() -> Instant.now().isAfter(end.plusMillis(20)));

        availableAround(customer, end);

        // Now it is posted, later than it took effect; what held in between has not changed.
        reserveTokens(customer, 100).is(201);
        JsonNode rows = api.get("/v1/customers/" + customer + "/wallets/" + COARSE + "/journal?limit=100")
                .is(200)
                .at("/items");
        List<JsonNode> ended = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("block").asText().equals(brief)
                        && !row.path("kind").asText().equals("GRANT"))
                .toList();
        assertThat(ended).as("rows for the block's end in %s", rows).isNotEmpty();
        assertThat(Instant.parse(ended.getFirst().path("postedAt").asText())).isAfter(end);
        availableAround(customer, end);
    }

    private static void availableAround(String customer, Instant end) {
        assertThat(Wallet.of(customer, COARSE, end.minusMillis(1).toString()).available())
                .isEqualByComparingTo("15");
        assertThat(Wallet.of(customer, COARSE, end.toString()).available()).isEqualByComparingTo("10");
        assertThat(Wallet.of(customer, COARSE, end.plusMillis(10).toString()).available())
                .isEqualByComparingTo("10");
    }

    private static JsonNode endingAt(String customer, String unit, Instant end) {
        return Wallet.of(customer, unit).blocks().stream()
                .filter(block -> Instant.parse(block.path("expiresAt").asText()).equals(end))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block of " + unit + " ends at " + end));
    }

    private Answer reserveTokens(String customer, int tokens) {
        return api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", CHAT, "dimensions", Map.of("tokens", tokens)));
    }

    private String grant(String customer, String amount, Instant expiresAt) {
        return api.post(
                        "/v1/customers/" + customer + "/grants",
                        Map.of("unit", COARSE, "amount", amount, "category", "PAID", "expiresAt", expiresAt.toString()))
                .is(201)
                .text("id");
    }

    private void report(String customer, String type, Instant time, Map<String, Object> data) {
        Answer answer = api.post(
                        "/v1/events",
                        Map.of(
                                "specversion",
                                "1.0",
                                "type",
                                type,
                                "source",
                                "e2e",
                                "id",
                                type + "-" + customer,
                                "subject",
                                customer,
                                "time",
                                time.toString(),
                                "data",
                                data))
                .is(200);
        assertThat(answer.at("/accepted").asInt()).as("%s", answer.body()).isEqualTo(1);
    }
}
