package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that follows Stripe's rules for retries, against every fault in any order and restarts in between. */
class FaultsTest {
    private static final String[] KINDS = {
        "drop-before-commit",
        "commit-then-drop",
        "commit-then-5xx",
        "5xx-no-commit",
        "409",
        "429",
        "truncated-json",
        "wrong-content-type"
    };

    @TempDir
    Path data;

    private long sent;
    private long desired;

    @Test
    void effectIsOnceWhateverFails() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String customer;
        try (Fixture sim = Fixture.start(data)) {
            Customer made = sim.customer("Ada");
            customer = made.getId();
            sim.meter("calls");
        }
        for (int life = 0; life < 4; life++) {
            try (Fixture sim = Fixture.start(data)) {
                for (int i = 0; i < 25; i++) {
                    deliver(sim, customer, random);
                }
                JsonNode total =
                        sim.admin("GET", "/_sim/state", "").path("meter_totals").get(0);
                assertThat(total.path("value").asLong()).as("seed %d", seed).isEqualTo(desired);
                assertThat(total.path("events").asLong()).as("seed %d", seed).isEqualTo(sent);
            }
        }
    }

    private void deliver(Fixture sim, String customer, Random random) throws Exception {
        int faults = random.nextInt(3);
        for (int i = 1; i <= faults; i++) {
            sim.fault("{\"kind\":\"" + KINDS[random.nextInt(KINDS.length)] + "\",\"cached\":false,\"nth\":" + i
                    + ",\"path\":\"/v1/billing/meter_events\"}");
        }
        long value = random.nextInt(1_000);
        String identifier = "id-" + sent;
        long timestamp = sim.now();
        for (int attempt = 0; ; attempt++) {
            assertThat(attempt).isLessThan(10);
            try {
                sim.use("calls", customer, value, identifier, timestamp);
                break;
            } catch (StripeException e) {
                if (String.valueOf(e.getMessage()).contains("An event already exists")) {
                    break;
                }
            }
        }
        sim.admin("DELETE", "/_sim/faults", "");
        sent++;
        desired += value;
    }
}
