package dev.weir.entitlement.input.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/** What a caller may attach to things for its own use. */
public final class Metadata {
    private static final int ENTRIES_MAX = 50;
    private static final int LENGTH_MAX = 8_192;
    private static final int DIGITS_MAX = 40;

    private Metadata() {}

    /** Notes a fault if there is too much of it, or what the database cannot keep. */
    public static void check(Map<String, JsonNode> metadata, Faults faults) {
        String text = metadata.toString();
        if (metadata.size() > ENTRIES_MAX || text.length() > LENGTH_MAX) {
            faults.add(
                    "metadata",
                    "INVALID_VALUE",
                    "must have at most " + ENTRIES_MAX + " entries and " + LENGTH_MAX + " characters");
        }
        // The database cannot keep a NUL, nor a number with thousands of digits.
        if (text.contains("\\u0000")
                || text.indexOf('\0') >= 0
                || metadata.values().stream().anyMatch(Metadata::hasHugeNumber)) {
            faults.add("metadata", "INVALID_VALUE", "must have no NUL and no number of more than 40 digits");
        }
    }

    private static boolean hasHugeNumber(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.precision() > DIGITS_MAX || Math.abs((long) number.scale()) > DIGITS_MAX;
        }
        for (JsonNode child : node) {
            if (hasHugeNumber(child)) {
                return true;
            }
        }
        return false;
    }
}
