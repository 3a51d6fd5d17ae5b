package dev.weir.e2e;

import static dev.weir.e2e.LedgerCatalog.CHAT;
import static dev.weir.e2e.LedgerCatalog.COARSE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Money that is paid back, and what finance says of it then. */
@Order(64)
class RefundTest {
    /** A currency that nothing else is paid in, so that finance's sums are this test's. */
    private static final String CURRENCY = "CHF";

    private final Api api = Api.demo();

    @BeforeAll
    static void catalog() {
        LedgerCatalog.apply();
    }

    @Test
    void aFullRefundOfABlockOfWhich40PercentIsUsed() {
        Instant began = Instant.now();
        String customer = Customers.on("led-images");
        String block = bought(customer, "100", "50.00");
        spend(customer, 4000);
        financeSays(began, "5000", "2000", "0", "3000");

        // All that is left goes back, and with it its share of the price.
        Answer unused = refund(customer, block, Map.of("reason", "not wanted any more"));
        assertThat(Wallet.of(customer, COARSE).available()).isEqualByComparingTo("0");
        assertThat(Wallet.of(customer, COARSE).block(block).path("consumed").asText())
                .isEqualTo("40");
        assertThat(Wallet.of(customer, COARSE).block(block).path("voided").asText())
                .isEqualTo("60");
        assertThat(unused.status()).isEqualTo(200);
        financeSays(began, "5000", "2000", "3000", "0");

        reserve(customer, 1).isProblem(402, "INSUFFICIENT_CREDIT");

        // Once more for somebody who gets the whole price back: what was used was free, then, and its revenue is taken
        // back.
        Instant again = Instant.now();
        String other = Customers.on("led-images");
        String whole = bought(other, "100", "50.00");
        spend(other, 4000);
        financeSays(again, "5000", "2000", "0", "3000");
        refund(
                other,
                whole,
                Map.of("money", Map.of("amount", "50.00", "currency", CURRENCY), "reason", "it did not work"));
        financeSays(again, "5000", "0", "5000", "0");
        assertThat(Wallet.of(other, COARSE).block(whole).path("consumed").asText())
                .isEqualTo("40");
        assertThat(api.post("/v1/ledger/verify", Map.of()).is(200).at("/fits").asBoolean())
                .isTrue();
    }

    @Test
    void aRefundWhileSomeOfItIsHeldTakesThatWhenItComesBack() {
        String customer = Customers.on("led-images");
        String block = bought(customer, "100", "50.00");
        spend(customer, 4000);
        String hold = reserve(customer, 1000).is(201).text("id");

        refund(customer, block, Map.of("reason", "not wanted any more"));
        assertThat(Wallet.of(customer, COARSE).available()).isEqualByComparingTo("0");
        assertThat(Wallet.of(customer, COARSE).body().path("held").asText()).isEqualTo("10");
        api.post("/v1/reservations/" + hold + "/settle", Map.of("dimensions", Map.of("tokens", 300)))
                .is(200);

        Wallet after = Wallet.of(customer, COARSE);
        assertThat(after.available()).isEqualByComparingTo("0");
        assertThat(after.body().path("held").asText()).isEqualTo("0");
        assertThat(after.block(block).path("consumed").asText()).isEqualTo("43");
        assertThat(after.block(block).path("voided").asText()).isEqualTo("57");
    }

    /** Of what was paid since then, in minor units: recognized + refunded + deferred = paid, exactly. */
    private void financeSays(Instant began, String paid, String recognized, String refunded, String deferred) {
        JsonNode sums = api.get("/v1/ledger/postings/roll-forward?from=" + began + "&to="
                        + Instant.now().plusSeconds(1))
                .is(200)
                .body();
        JsonNode mine = StreamSupport.stream(sums.spliterator(), false)
                .filter(line -> line.path("currency").asText().equals(CURRENCY))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + CURRENCY + " in " + sums));
        assertThat(decimal(mine, "paid")).isEqualByComparingTo(paid);
        assertThat(decimal(mine, "recognized")).as("recognized").isEqualByComparingTo(recognized);
        assertThat(decimal(mine, "refunded")).as("refunded").isEqualByComparingTo(refunded);
        assertThat(decimal(mine, "closing").subtract(decimal(mine, "opening")))
                .as("deferred")
                .isEqualByComparingTo(deferred);
    }

    private static BigDecimal decimal(JsonNode line, String field) {
        return new BigDecimal(line.path(field).asText());
    }

    private String bought(String customer, String amount, String price) {
        return api.post(
                        "/v1/customers/" + customer + "/grants",
                        Map.of(
                                "unit",
                                COARSE,
                                "amount",
                                amount,
                                "category",
                                "PAID",
                                "cost",
                                Map.of("amount", price, "currency", CURRENCY)))
                .is(201)
                .text("id");
    }

    private void spend(String customer, int tokens) {
        String id = reserve(customer, tokens).is(201).text("id");
        api.post("/v1/reservations/" + id + "/settle", Map.of("dimensions", Map.of("tokens", tokens)))
                .is(200);
    }

    private Answer reserve(String customer, int tokens) {
        return api.post(
                "/v1/reservations",
                Map.of("customer", customer, "feature", CHAT, "dimensions", Map.of("tokens", tokens)));
    }

    private Answer refund(String customer, String block, Map<String, Object> body) {
        return api.post("/v1/customers/" + customer + "/wallets/" + COARSE + "/blocks/" + block + "/refund", body)
                .is(200);
    }
}
