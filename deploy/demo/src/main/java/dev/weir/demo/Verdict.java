package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the check found what it should. Differences that were in the report before the run began are not this run's: a fault
 * that was injected once stays in it.
 */
final class Verdict {
    private Verdict() {}

    /** By how much a row of the report differs: what metering lacks, and what was billed too much. */
    private record Difference(BigDecimal meteringLess, BigDecimal billedMore) {
        static final Difference NONE = new Difference(BigDecimal.ZERO, BigDecimal.ZERO);

        Difference minus(Difference other) {
            return new Difference(meteringLess.subtract(other.meteringLess), billedMore.subtract(other.billedMore));
        }
    }

    static boolean print(Options options, JsonNode before, JsonNode report) {
        List<Difference> found = added(before, report);
        int old = before.path("totals").path("differences").asInt();
        int pending = report.path("totals").path("pending").asInt();
        boolean identity = report.path("totals").path("identityHolds").asBoolean();
        Options.Fault fault = options.inject();
        boolean good = identity && pending == 0 && (fault == null ? found.isEmpty() : isExactly(fault, found));
        Out.line("");
        Out.line(
                "%d differences%s, %d pending, identity %s%s",
                found.size(),
                old == 0 ? "" : " (and " + old + " that were there before this run)",
                pending,
                identity ? "holds" : "BROKEN",
                fault == null
                        ? ""
                        : good
                                ? "; exactly the injected fault was found"
                                : "; the injected fault was NOT found as it should");
        return good;
    }

    private static List<Difference> added(JsonNode before, JsonNode report) {
        Map<String, Difference> known = differences(before);
        List<Difference> added = new ArrayList<>();
        differences(report).forEach((row, difference) -> {
            if (!difference.equals(known.get(row))) {
                added.add(difference.minus(known.getOrDefault(row, Difference.NONE)));
            }
        });
        return added;
    }

    private static Map<String, Difference> differences(JsonNode report) {
        Map<String, Difference> differences = new HashMap<>();
        for (JsonNode line : report.path("differences")) {
            differences.put(
                    String.join(
                            " ",
                            line.path("customer").asText(),
                            line.path("feature").asText(),
                            line.path("plan").asText(),
                            line.path("planVersion").asText(),
                            line.path("hour").asText()),
                    new Difference(
                            new BigDecimal(line.path("meteringLess").asText("0")),
                            new BigDecimal(line.path("billedMore").asText("0"))));
        }
        return differences;
    }

    /** A lost settled fact shows as one row that metering has too little of; a double send as one that was billed too much. */
    private static boolean isExactly(Options.Fault fault, List<Difference> found) {
        if (found.size() != 1) {
            return false;
        }
        int less = found.getFirst().meteringLess().signum();
        int more = found.getFirst().billedMore().signum();
        return switch (fault) {
            case LOST_EVENT -> less > 0 && more == 0;
            case DOUBLE_SEND -> less == 0 && more > 0;
        };
    }
}
