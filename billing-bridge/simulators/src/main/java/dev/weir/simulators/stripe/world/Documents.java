package dev.weir.simulators.stripe.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.StripeError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All objects of one kind, as the documents that Stripe would return; a field that begins with {@code _} is internal. */
public final class Documents {
    private final String kind;
    private final SequencedMap<String, ObjectNode> byId = new LinkedHashMap<>();

    Documents(String kind) {
        this.kind = kind;
    }

    /** Adds or replaces a document under its id. */
    public void put(ObjectNode document) {
        byId.put(Json.need(document, "id"), document);
    }

    /** The document, or null. */
    public @Nullable ObjectNode find(String id) {
        return byId.get(id);
    }

    /**
     * The document that a parameter names.
     *
     * @param param the parameter; {@code id} for the path's own object
     * @throws StripeError {@code resource_missing}
     */
    public ObjectNode need(String id, String param) {
        ObjectNode found = byId.get(id);
        if (found == null) {
            throw StripeError.noSuch(kind, id, param);
        }
        return found;
    }

    /** Takes a document away. */
    public void remove(String id) {
        byId.remove(id);
    }

    /** Oldest first. */
    public Collection<ObjectNode> all() {
        return byId.values();
    }

    /** Newest first, as Stripe lists. */
    public Stream<ObjectNode> newestFirst() {
        return byId.sequencedValues().reversed().stream();
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }
}
