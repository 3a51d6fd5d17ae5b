package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.StreamSupport;

/** A customer's wallet as the public API shows it. */
record Wallet(JsonNode body) {

    static Wallet of(String customer, String unit) {
        return new Wallet(Customers.wallet(customer, unit).is(200).body());
    }

    static Wallet of(String customer, String unit, String asOf) {
        return new Wallet(
                Customers.wallet(customer, unit + "?asOf=" + asOf).is(200).body());
    }

    BigDecimal available() {
        return decimal(body, "available");
    }

    List<JsonNode> blocks() {
        return StreamSupport.stream(body.path("blocks").spliterator(), false).toList();
    }

    JsonNode block(String id) {
        return blocks().stream()
                .filter(block -> block.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block " + id + " in " + body));
    }

    /** The sum over all blocks of one of their amounts. */
    BigDecimal sum(String amount) {
        return blocks().stream().map(block -> decimal(block, amount)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal decimal(JsonNode of, String field) {
        assertThat(of.has(field)).as("%s of %s", field, of).isTrue();
        return new BigDecimal(of.path(field).asText());
    }
}
