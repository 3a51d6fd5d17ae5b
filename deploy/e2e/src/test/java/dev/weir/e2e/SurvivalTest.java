package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was there before the stack was stopped is there after it was started. Long: only {@code deploy/e2e/run --full} runs it. */
@Order(60)
@Tag("long")
class SurvivalTest {
    @Test
    void dataSurvivesStopAndStart() {
        Catalog.base();
        String customer = Customers.on("pro");
        Customers.use(customer, "images", 101);
        Answer held = Customers.reserve(customer, "images", 2).is(201);
        JsonNode before = wallet(customer);
        ObjectNode catalog = Catalog.inForce();

        Stack.down();
        Stack.up().forEach(line -> Stack.print("%s", line));

        assertThat(Catalog.inForce()).isEqualTo(catalog);
        assertThat(wallet(customer)).isEqualTo(before);
        assertThat(Customers.check(customer, "images").at("/allowed").asBoolean())
                .isTrue();
        Api.demo()
                .post("/v1/reservations/" + held.text("id") + "/settle", Map.of("quantity", 2))
                .is(200);
        assertThat(Customers.available(customer, "ai-credits")).isEqualByComparingTo("999.4");
    }

    private static JsonNode wallet(String customer) {
        ObjectNode wallet =
                Customers.wallet(customer, "ai-credits").is(200).body().deepCopy();
        wallet.remove("asOf");
        return wallet;
    }
}
