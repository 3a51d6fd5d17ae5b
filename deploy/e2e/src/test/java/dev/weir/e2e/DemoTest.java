package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The main job: the demo's trace through the gateway, and not a token unaccounted for at its end. */
@Order(10)
class DemoTest {
    private static final List<String> CAST = List.of(
            "delta-works",
            "reed-and-sons",
            "otter-cloud",
            "newt-trial",
            "marsh-media",
            "heron-labs",
            "mudlark",
            "kingfisher-art");

    @Test
    void replaysTwiceWithoutADifferenceAndTheSameRunAddsNothing() {
        String again = "e2e-" + Customers.RUN;

        Report before = Report.now();
        DemoRun first = DemoRun.run();
        assertThat(first.exitStatus()).as(first.output()).isZero();
        DemoRun second = DemoRun.run("--run-id", again);
        assertThat(second.exitStatus()).as(second.output()).isZero();
        Report report = Report.now();
        Map<String, JsonNode> wallets = wallets();
        DemoRun third = DemoRun.run("--run-id", again);
        assertThat(third.exitStatus()).as(third.output()).isZero();

        List.of(first, second, third).forEach(run -> Stack.print("%s", run.verdict()));
        Report.now().addsNoDifferenceTo(before);
        assertThat(Report.now().metered()).isEqualTo(report.metered());
        assertThat(wallets()).isEqualTo(wallets);
        nobodySpentWhatTheyDidNotHave();
    }

    private static void nobodySpentWhatTheyDidNotHave() {
        Report.now().hasNoOverrunOf(CAST);
        wallets().forEach((customer, wallet) -> {
            assertThat(new BigDecimal(wallet.path("available").asText()))
                    .as("available to %s", customer)
                    .isNotNegative();
            assertThat(new BigDecimal(wallet.path("overdraft").asText()))
                    .as("overdraft of %s", customer)
                    .isZero();
            for (JsonNode block : wallet.path("blocks")) {
                assertThat(new BigDecimal(block.path("consumed").asText()))
                        .as("consumed of a block of %s: %s", customer, block)
                        .isLessThanOrEqualTo(
                                new BigDecimal(block.path("granted").asText()));
            }
        });
    }

    private static Map<String, JsonNode> wallets() {
        Map<String, JsonNode> wallets = new TreeMap<>();
        for (String customer : CAST) {
            ObjectNode wallet =
                    Customers.wallet(customer, "ai-credits").is(200).body().deepCopy();
            wallet.remove("asOf");
            wallets.put(customer, wallet);
        }
        return wallets;
    }
}
