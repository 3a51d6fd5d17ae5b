package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Whether the check found what it should. */
final class Verdict {
    private Verdict() {}

    static boolean print(Options options, JsonNode report) {
        int differences = report.path("totals").path("differences").asInt();
        int pending = report.path("totals").path("pending").asInt();
        boolean identity = report.path("totals").path("identityHolds").asBoolean();
        Options.Fault fault = options.inject();
        boolean good = identity && pending == 0 && (fault == null ? differences == 0 : found(fault, report));
        Out.line("");
        Out.line(
                "%d differences, %d pending, identity %s%s",
                differences,
                pending,
                identity ? "holds" : "BROKEN",
                fault == null
                        ? ""
                        : good
                                ? "; exactly the injected fault was found"
                                : "; the injected fault was NOT found as it should");
        return good;
    }

    /** A lost settled fact shows as one window that metering has too little of; a double send as one that was billed too much. */
    private static boolean found(Options.Fault fault, JsonNode report) {
        JsonNode differences = report.path("differences");
        if (differences.size() != 1) {
            return false;
        }
        BigDecimal less = new BigDecimal(differences.get(0).path("meteringLess").asText("0"));
        BigDecimal more = new BigDecimal(differences.get(0).path("billedMore").asText("0"));
        return switch (fault) {
            case LOST_EVENT -> less.signum() > 0 && more.signum() == 0;
            case DOUBLE_SEND -> less.signum() == 0 && more.signum() > 0;
        };
    }
}
