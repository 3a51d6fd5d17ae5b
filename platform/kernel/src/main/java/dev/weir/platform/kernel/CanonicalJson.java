package dev.weir.platform.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for one content: object keys sorted by code unit, no insignificant whitespace, decimals as given (1.50 stays
 * 1.50). Equal contents have equal hashes, whatever the order in which the fields were written.
 */
public final class CanonicalJson {

    private static final ObjectMapper MAPPER = Json.mapper();

    private CanonicalJson() {}

    /** The canonical text of a value, which may be a record, a map or a JSON tree. Fields that are null are left out. */
    public static String write(Object value) {
        JsonNode tree = value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
        StringBuilder out = new StringBuilder(256);
        append(tree, out);
        return out.toString();
    }

    /** The SHA-256 of the canonical text, as 64 lower-case hex digits. */
    public static String hash(Object value) {
        return Sha256.hex(write(value));
    }

    private static void append(JsonNode node, StringBuilder out) {
        if (node.getNodeType() == JsonNodeType.OBJECT) {
            appendObject(node, out);
        } else if (node.getNodeType() == JsonNodeType.ARRAY) {
            appendArray(node, out);
        } else if (node instanceof DecimalNode decimal) {
            out.append(decimal.decimalValue().toPlainString());
        } else {
            appendScalar(node, out);
        }
    }

    private static void appendObject(JsonNode node, StringBuilder out) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            sorted.put(property.getKey(), property.getValue());
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> property : sorted.entrySet()) {
            out.append(separator);
            appendScalar(TextNode.valueOf(property.getKey()), out);
            out.append(':');
            append(property.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void appendArray(JsonNode node, StringBuilder out) {
        out.append('[');
        for (Iterator<JsonNode> items = node.elements(); items.hasNext(); ) {
            append(items.next(), out);
            if (items.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private static void appendScalar(JsonNode node, StringBuilder out) {
        try {
            out.append(MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON scalar can always be written", e);
        }
    }
}
