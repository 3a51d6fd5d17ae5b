package dev.weir.entitlement.bulk.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the items of an import: a JSON array, or a line for each item. */
final class ImportBody {
    private final int bytesMax;
    private final int itemsMax;

    ImportBody(int bytesMax, int itemsMax) {
        this.bytesMax = bytesMax;
        this.itemsMax = itemsMax;
    }

    /** The items of an array. 413 PAYLOAD_TOO_LARGE, 400 MALFORMED_BODY. */
    List<JsonNode> array(byte[] body) {
        bound(body);
        JsonNode read = read(new String(body, StandardCharsets.UTF_8));
        if (!read.isArray()) {
            throw Problem.badRequest("MALFORMED_BODY", "a JSON array of customers is needed");
        }
        List<JsonNode> items = new ArrayList<>();
        read.forEach(items::add);
        return bounded(items);
    }

    /** The items of lines. A line that is no JSON is an item that will be rejected, as the others are not its business. */
    List<JsonNode> lines(byte[] body) {
        bound(body);
        List<JsonNode> items = new ArrayList<>();
        for (String line : new String(body, StandardCharsets.UTF_8).lines().toList()) {
            if (!line.isBlank()) {
                items.add(lenient(line));
            }
        }
        return bounded(items);
    }

    private void bound(byte[] body) {
        if (body.length > bytesMax) {
            throw new Problem(413, "PAYLOAD_TOO_LARGE", "an import has at most " + bytesMax + " bytes; send several");
        }
    }

    private List<JsonNode> bounded(List<JsonNode> items) {
        if (items.size() > itemsMax) {
            throw new Problem(
                    413,
                    "PAYLOAD_TOO_LARGE",
                    "an import has at most " + itemsMax + " customers, this one " + items.size() + "; send several");
        }
        if (items.isEmpty()) {
            throw Problem.badRequest("MALFORMED_BODY", "the import has no customers");
        }
        return items;
    }

    private static JsonNode read(String text) {
        try {
            JsonNode read = Json.mapper().readTree(text);
            return read == null ? NullNode.getInstance() : read;
        } catch (JsonProcessingException malformed) {
            throw Problem.badRequest("MALFORMED_BODY", "the body is not well-formed JSON");
        }
    }

    private static JsonNode lenient(String line) {
        try {
            return read(line);
        } catch (Problem malformed) {
            return NullNode.getInstance();
        }
    }
}
