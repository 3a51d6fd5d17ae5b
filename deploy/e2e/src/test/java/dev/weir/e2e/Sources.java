package dev.weir.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What an explained entitlement says of its sources, one line each: {@code "PLAN pro WON amount access"}. */
final class Sources {
    private Sources() {}

    /** The sources of a feature now. */
    static List<String> now(String customer, String feature) {
        return of(Customers.entitlement(customer, feature));
    }

    /**
     * Kind, reference, quantity if it is not one, outcome and the components that it won. Promotions and overrides have ids,
     * which no test can know before: theirs is left out.
     */
    static List<String> of(Answer explained) {
        List<String> lines = new ArrayList<>();
        for (JsonNode source : explained.is(200).at("/sources")) {
            List<String> line = new ArrayList<>();
            String kind = source.path("kind").asText();
            line.add(kind);
            if (!kind.equals("PROMOTION") && !kind.equals("OVERRIDE")) {
                line.add(source.path("reference").asText());
            }
            if (source.path("quantity").asInt(1) != 1) {
                line.add("x" + source.path("quantity").asInt());
            }
            line.add(source.path("outcome").asText());
            source.path("components").forEach(component -> line.add(component.asText()));
            lines.add(String.join(" ", line));
        }
        return lines;
    }
}
