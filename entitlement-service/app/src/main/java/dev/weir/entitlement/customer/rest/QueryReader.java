package dev.weir.entitlement.customer.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.entitlement.customer.domain.CustomerQuery;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.platform.kernel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which customers a list is asked for; {@code metadata.tier=gold} asks for an entry of the metadata. */
final class QueryReader {
    private static final String METADATA = "metadata.";

    private QueryReader() {}

    static CustomerQuery read(
            @Nullable String parent,
            @Nullable String archived,
            @Nullable String search,
            Map<String, List<String>> parameters) {
        Faults faults = new Faults();
        if (parent != null) {
            faults.customerId("parent", parent);
        }
        if (archived != null && !archived.equals("true") && !archived.equals("false")) {
            faults.add("archived", "INVALID_VALUE", "must be true or false");
        }
        faults.text("search", search);
        Map<String, List<JsonNode>> metadata = new HashMap<>();
        parameters.forEach((name, values) -> {
            if (name.startsWith(METADATA)) {
                String key = name.substring(METADATA.length());
                if (key.isEmpty() || values.size() != 1) {
                    faults.add(name, "INVALID_VALUE", "must name an entry, once");
                } else {
                    metadata.put(key, meanings(values.getFirst()));
                }
            }
        });
        faults.refuse();
        return new CustomerQuery(parent, archived == null ? null : Boolean.valueOf(archived), search, metadata);
    }

    /** A query has no types: {@code 1} may be meant as the text or as the number. */
    private static List<JsonNode> meanings(String value) {
        List<JsonNode> meanings = new ArrayList<>();
        meanings.add(TextNode.valueOf(value));
        try {
            JsonNode read = Json.mapper().readTree(value);
            if (read != null && (read.isNumber() || read.isBoolean())) {
                meanings.add(read);
            }
        } catch (JsonProcessingException text) {
            return meanings;
        }
        return meanings;
    }
}
