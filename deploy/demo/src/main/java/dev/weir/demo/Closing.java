package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Closes the windows and waits until the billing bridge has nothing pending. */
final class Closing {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration SETTLED_LONG_ENOUGH = Duration.ofSeconds(45);

    private final Api api;

    Closing(Api api) {
        this.api = api;
    }

    /** Metered quantities by customer and feature, from the report. */
    Map<String, BigDecimal> metered() {
        return metered(report());
    }

    static Map<String, BigDecimal> metered(JsonNode report) {
        Map<String, BigDecimal> metered = new TreeMap<>();
        for (JsonNode line : report.path("summary")) {
            metered.put(
                    line.path("customer").asText() + " " + line.path("feature").asText(),
                    new BigDecimal(line.path("ledger").asText("0")));
        }
        return metered;
    }

    JsonNode report() {
        return api.get("/v1/reconciliation/report").require("the reconciliation report");
    }

    /**
     * Closes, and waits for the provider's confirmation.
     *
     * @param expected the ledger's totals that the application's own count leads one to expect; waiting goes on until the
     *     report has them, since usage may still be on its way when the close is asked for
     */
    JsonNode closeAndWait(Map<String, BigDecimal> expected) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        JsonNode progress = Api.json().createObjectNode();
        Instant settledSince = Instant.MAX;
        while (Instant.now().isBefore(giveUp)) {
            api.post("/v1/reconciliation/windows/close", Map.of(), null).require("closing the windows");
            for (int i = 0; i < 20; i++) {
                Api.pause(500);
                progress = api.get("/v1/reconciliation/status").require("the reconciliation status");
                if (!progress.path("settled").asBoolean()) {
                    settledSince = Instant.MAX;
                } else if (complete(expected)) {
                    return report();
                } else if (settledSince.equals(Instant.MAX)) {
                    settledSince = Instant.now();
                } else if (settledSince.plus(SETTLED_LONG_ENOUGH).isBefore(Instant.now())) {
                    return report(); // Nothing moves any more: what is missing now is a finding, not a delay.
                }
            }
        }
        Out.line("waiting     gave up: %s", progress);
        return report();
    }

    private boolean complete(Map<String, BigDecimal> expected) {
        return missing(expected, report()).isEmpty();
    }

    /** Where the ledger's totals are not what the application's own count leads one to expect. */
    static List<String> missing(Map<String, BigDecimal> expected, JsonNode report) {
        Map<String, BigDecimal> known = metered(report);
        return expected.entrySet().stream()
                .filter(entry ->
                        known.getOrDefault(entry.getKey(), BigDecimal.ZERO).compareTo(entry.getValue()) != 0)
                .map(entry -> entry.getKey() + ": the application counted "
                        + entry.getValue().toPlainString()
                        + ", the ledger booked "
                        + known.getOrDefault(entry.getKey(), BigDecimal.ZERO).toPlainString())
                .toList();
    }
}
