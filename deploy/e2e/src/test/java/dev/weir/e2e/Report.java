package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The three-way report of the billing bridge. */
record Report(JsonNode body) {
    static Report now() {
        return new Report(Api.demo().get("/v1/reconciliation/report").is(200).body());
    }

    /** Nothing differs but what differed before (a fault that was injected once stays in the report), and nothing is open. */
    void addsNoDifferenceTo(Report before) {
        assertThat(body.path("differences")).isEqualTo(before.body.path("differences"));
        assertThat(body.at("/totals/pending").asInt(-1))
                .as("pending rows: %s", pending())
                .isZero();
        assertThat(body.at("/totals/identityHolds").asBoolean())
                .as("metered = included + covered + overage + overrun + waived + unpriced")
                .isTrue();
    }

    private String pending() {
        StringBuilder rows = new StringBuilder();
        for (JsonNode row : body.path("rows")) {
            if ("PENDING".equals(row.path("status").asText())) {
                rows.append(row).append('\n');
            }
        }
        return rows.toString();
    }

    /** What the ledger counted by customer and feature. */
    Map<String, BigDecimal> metered() {
        Map<String, BigDecimal> metered = new TreeMap<>();
        for (JsonNode line : body.path("summary")) {
            metered.put(
                    line.path("customer").asText() + " " + line.path("feature").asText(),
                    new BigDecimal(line.path("ledger").asText()));
        }
        return metered;
    }

    /** The parts of what one customer used of a feature, summed over all rows, each of which must match. */
    Map<String, BigDecimal> matched(String customer, String feature) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode row : body.path("rows")) {
            if (row.path("customer").asText().equals(customer)
                    && row.path("feature").asText().equals(feature)) {
                assertThat(row.path("status").asText()).as("%s", row).isEqualTo("MATCHED");
                for (String part : List.of("metered", "ledger", "included", "creditCovered", "overage", "overrun")) {
                    sums.merge(part, new BigDecimal(row.path(part).asText()), BigDecimal::add);
                }
            }
        }
        assertThat(sums).as("rows of %s and %s", customer, feature).isNotEmpty();
        return sums;
    }

    /** None of them used more than was theirs although it was asked for before. */
    void hasNoOverrunOf(List<String> customers) {
        for (JsonNode line : body.path("summary")) {
            if (customers.contains(line.path("customer").asText())) {
                assertThat(new BigDecimal(line.path("overrun").asText()))
                        .as("overrun of %s", line)
                        .isEqualByComparingTo(BigDecimal.ZERO);
            }
        }
    }
}
