package dev.weir.simulators.stripe.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.StripeError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Turns a stored document into the one that goes out: expansions done, internal fields gone, long embedded lists cut. */
public final class Views {
    private static final int EMBEDDED_LINES = 10;
    private static final int MAX_DEPTH = 4;

    private Views() {}

    /** The document without any expansion. */
    public static ObjectNode plain(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        strip(copy, Collections.emptySet());
        return copy;
    }

    /**
     * The document with what {@code expand} asks for.
     *
     * @throws StripeError if a path cannot be expanded
     */
    public static ObjectNode expanded(World world, ObjectNode document, Params params) {
        ObjectNode copy = document.deepCopy();
        Set<JsonNode> withTiers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String path : params.texts("expand")) {
            String[] steps = path.split("\\.");
            if (steps.length > MAX_DEPTH + 1) {
                throw StripeError.validation(
                        null, "expand", "You cannot expand more than " + MAX_DEPTH + " levels of a property: " + path);
            }
            expand(world, copy, steps, 0, path, withTiers);
        }
        strip(copy, withTiers);
        return copy;
    }

    private static void expand(
            World world, ObjectNode at, String[] steps, int index, String path, Set<JsonNode> withTiers) {
        String step = steps[index];
        boolean last = index == steps.length - 1;
        if ("tiers".equals(step) && "price".equals(Json.text(at, "object")) && last) {
            withTiers.add(at);
            return;
        }
        JsonNode child = at.get(step);
        if (child == null) {
            throw StripeError.validation(null, "expand", "This property cannot be expanded (" + path + ").");
        }
        if (child.isNull()) {
            return;
        }
        if (child instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (last) {
                    throw StripeError.validation(null, "expand", "This property cannot be expanded (" + path + ").");
                }
                if (element instanceof ObjectNode object) {
                    expand(world, object, steps, index + 1, path, withTiers);
                }
            }
            return;
        }
        if (child.isTextual()) {
            ObjectNode found = world.find(child.asText());
            if (found == null) {
                throw StripeError.validation(null, "expand", "This property cannot be expanded (" + path + ").");
            }
            child = found.deepCopy();
            at.set(step, child);
        }
        if (!last && child instanceof ObjectNode object) {
            expand(world, object, steps, index + 1, path, withTiers);
        }
    }

    private static void strip(JsonNode node, Set<JsonNode> withTiers) {
        if (node instanceof ObjectNode object) {
            List<String> gone = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> {
                if (name.startsWith("_")) {
                    gone.add(name);
                }
            });
            object.remove(gone);
            if ("price".equals(Json.text(object, "object")) && !withTiers.contains(object)) {
                object.remove("tiers");
            }
            if ("invoice".equals(Json.text(object, "object"))) {
                cutLines(object);
            }
        }
        node.forEach(child -> strip(child, withTiers));
    }

    /** An invoice embeds its first lines only; the rest is read at its lines list. */
    private static void cutLines(ObjectNode invoice) {
        if (invoice.get("lines") instanceof ObjectNode lines && lines.get("data") instanceof ArrayNode data) {
            lines.put("total_count", data.size());
            if (data.size() > EMBEDDED_LINES) {
                lines.put("has_more", true);
                while (data.size() > EMBEDDED_LINES) {
                    data.remove(data.size() - 1);
                }
            }
        }
    }
}
