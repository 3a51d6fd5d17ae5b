package dev.weir.simulators.stripe.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper of the simulator, and the short words for building and reading documents. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** An empty document. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The document's bytes, UTF-8. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes is always writable", e);
        }
    }

    /**
     * Reads one JSON value.
     *
     * @throws JsonProcessingException if the text is not JSON
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Reads bytes that {@link #bytes} wrote. */
    public static ObjectNode document(byte[] bytes) {
        try {
            return (ObjectNode) MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("these bytes were written by the simulator itself", e);
        }
    }

    /** The field's text, or null where it is missing or null. */
    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    /** The field's text; a document without it is a bug of the simulator. */
    public static String need(JsonNode node, String field) {
        String value = text(node, field);
        if (value == null) {
            throw new IllegalStateException("a document lacks " + field + ": " + node);
        }
        return value;
    }

    /** The field's whole number; 0 where it is missing or null. */
    public static long number(JsonNode node, String field) {
        return node.path(field).asLong(0);
    }

    /** Whether the field is there and true. */
    public static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }

    /** The child document; a document without it is a bug of the simulator. */
    public static ObjectNode child(JsonNode node, String field) {
        if (node.get(field) instanceof ObjectNode found) {
            return found;
        }
        throw new IllegalStateException("a document lacks " + field + ": " + node);
    }

    /** The documents of a list object (its {@code data}). */
    public static List<ObjectNode> data(JsonNode list) {
        return list.path("data").valueStream().map(node -> (ObjectNode) node).toList();
    }

    /** Sets a whole number, or null. */
    public static void setNumber(ObjectNode node, String field, @Nullable Long value) {
        if (value == null) {
            node.putNull(field);
        } else {
            node.put(field, value);
        }
    }

    /** A decimal as Stripe writes it: plain, without trailing zeros. */
    public static String decimal(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** An embedded list object that holds everything. */
    public static ObjectNode list(String url, List<? extends JsonNode> data) {
        ObjectNode list = object();
        list.put("object", "list");
        list.putArray("data").addAll(data);
        list.put("has_more", false);
        list.put("url", url);
        return list;
    }
}
