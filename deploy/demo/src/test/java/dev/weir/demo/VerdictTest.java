package dev.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final String LOST = row("chat", "0.5", "0");
    private static final String TWICE = row("api-calls", "0", "60");

    @Test
    void anUnspoiltRunMustNotAddADifference() throws IOException {
        assertThat(verdict(List.of(), report(), report())).isTrue();
        assertThat(verdict(List.of(), report(), report(LOST))).isFalse();
        assertThat(verdict(List.of(), report(LOST), report(LOST))).isTrue();
    }

    @Test
    void aSpoiltRunMustAddExactlyThatDifference() throws IOException {
        List<String> lost = List.of("--inject", "lost-event");
        List<String> twice = List.of("--inject", "double-send");

        assertThat(verdict(lost, report(), report(LOST))).isTrue();
        assertThat(verdict(twice, report(), report(LOST))).isFalse();
        assertThat(verdict(twice, report(LOST), report(LOST, TWICE))).isTrue();
        assertThat(verdict(lost, report(), report(LOST, TWICE))).isFalse();
        assertThat(verdict(lost, report(LOST), report(LOST))).isFalse();
    }

    @Test
    void theSameRowCanLackMoreThanBefore() throws IOException {
        List<String> lost = List.of("--inject", "lost-event");

        assertThat(verdict(lost, report(LOST), report(row("chat", "0.75", "0"))))
                .isTrue();
        assertThat(verdict(lost, report(LOST), report(row("chat", "0.25", "0"))))
                .isFalse();
    }

    private static boolean verdict(List<String> arguments, JsonNode before, JsonNode after) {
        return Verdict.print(Options.parse(arguments, Map.of()), before, after);
    }

    private static JsonNode report(String... differences) throws IOException {
        return Api.json().readTree("""
                        {"totals": {"differences": %d, "pending": 0, "identityHolds": true}, "differences": [%s]}
                        """.formatted(differences.length, String.join(",", differences)));
    }

    private static String row(String feature, String less, String more) {
        return """
                {"customer": "delta-works", "feature": "%s", "plan": "starter", "planVersion": 1, "hour": "2026-11-24T10:00:00Z",
                 "meteringLess": "%s", "billedMore": "%s"}
                """.formatted(feature, less, more);
    }
}
