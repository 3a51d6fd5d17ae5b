package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.StripeError;
import java.util.Map;

/** The free names and values on every object: at most 50, names up to 40 characters, values up to 500. */
final class Metadata {
    private Metadata() {}

    static void merge(ObjectNode document, Params params) {
        ObjectNode metadata = document.get("metadata") instanceof ObjectNode found ? found : null;
        if (metadata == null) {
            metadata = document.putObject("metadata");
        }
        if (params.has("metadata") && params.map("metadata").isEmpty()) {
            metadata.removeAll();
        }
        for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> field :
                params.map("metadata").properties()) {
            String name = field.getKey();
            String value = field.getValue().asText();
            String param = params.name("metadata") + "[" + name + "]";
            if (name.length() > 40 || value.length() > 500) {
                throw StripeError.invalid(param, "Metadata names have up to 40 characters and values up to 500.");
            }
            if (value.isEmpty()) {
                metadata.remove(name);
            } else {
                metadata.put(name, value);
            }
        }
        if (metadata.size() > 50) {
            throw StripeError.invalid(params.name("metadata"), "Metadata has up to 50 names.");
        }
    }
}
