package dev.weir.catalog.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Json;

/**
 * The content hash of a published body: of everything but its hash and its own version number, so that equal content has
 * one hash, whenever and however often it is published. What a body pins (its parents' versions, its features, the plan
 * tried) is content.
 */
public final class ContentHash {

    private ContentHash() {}

    /** The hash of a plan body; the version in the plan's own layer is the body's and does not count. */
    public static String of(PlanVersion body) {
        ObjectNode tree = bare(body);
        tree.remove("version");
        JsonNode own = tree.path("layers").path(0);
        if (own instanceof ObjectNode layer) {
            layer.remove("version");
        }
        return CanonicalJson.hash(tree);
    }

    /** The hash of an add-on body. */
    public static String of(AddonVersion body) {
        ObjectNode tree = bare(body);
        tree.remove("version");
        return CanonicalJson.hash(tree);
    }

    /** The hash of a feature. */
    public static String of(FeatureDefinition feature) {
        return CanonicalJson.hash(bare(feature));
    }

    private static ObjectNode bare(Object body) {
        ObjectNode tree = Json.mapper().valueToTree(body);
        tree.remove("hash");
        return tree;
    }
}
