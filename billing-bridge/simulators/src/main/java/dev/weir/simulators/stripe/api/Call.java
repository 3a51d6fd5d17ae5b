package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.world.Documents;
import dev.weir.simulators.stripe.world.World;
import java.util.List;

/**
 * One request on its way through a handler.
 *
 * @param world what there is
 * @param params the checked parameters
 * @param ids the ids in the path, in order
 */
public record Call(World world, Params params, List<String> ids) {
    public Call {
        ids = List.copyOf(ids);
    }

    /** The id in the path. */
    public String id() {
        return ids.getFirst();
    }

    /** The simulator's time, epoch seconds. */
    public long now() {
        return world.now();
    }

    /** The objects of a kind. */
    public Documents of(String kind) {
        return world.of(kind);
    }

    /** The path's own object. */
    public ObjectNode own(String kind) {
        return world.of(kind).need(id(), "id");
    }

    /** Sets {@code metadata} as Stripe merges it: an empty value takes a name away, an empty map takes all. */
    public void mergeMetadata(ObjectNode document) {
        Metadata.merge(document, params);
    }
}
