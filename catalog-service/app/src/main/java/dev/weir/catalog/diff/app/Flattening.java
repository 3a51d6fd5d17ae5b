package dev.weir.catalog.diff.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.CatalogContents;
import dev.weir.catalog.diff.domain.EntryKind;
import dev.weir.platform.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays a catalog out flat for the diff, in the words of the document: what lists hold by key is named by its key, a plan's
 * own layer is its {@code entitlements}, what it inherits stands under {@code inherited}.
 */
final class Flattening {

    private Flattening() {}

    static CatalogContents of(CatalogBodies catalog) {
        CatalogContents contents = new CatalogContents();
        all(contents, EntryKind.CREDIT_UNIT, Json.mapper().valueToTree(catalog.creditUnits()));
        all(contents, EntryKind.METER, Json.mapper().valueToTree(catalog.meters()));
        all(contents, EntryKind.FEATURE, Json.mapper().valueToTree(catalog.features()));
        all(contents, EntryKind.FEATURE_GROUP, Json.mapper().valueToTree(catalog.featureGroups()));
        all(contents, EntryKind.PRODUCT, Json.mapper().valueToTree(catalog.products()));
        all(contents, EntryKind.COUPON, Json.mapper().valueToTree(catalog.coupons()));
        catalog.plans()
                .forEach((key, body) ->
                        contents.add(EntryKind.PLAN, key, plan(Json.mapper().valueToTree(body))));
        catalog.addons()
                .forEach((key, body) ->
                        contents.add(EntryKind.ADDON, key, addon(Json.mapper().valueToTree(body))));
        return contents;
    }

    private static void all(CatalogContents contents, EntryKind kind, JsonNode entries) {
        entries.properties().forEach(entry -> {
            JsonNode shown = entry.getValue().deepCopy();
            if (shown instanceof ObjectNode object) {
                object.remove(List.of("key", "hash"));
                withoutKey(object.path("meter"));
            }
            contents.add(kind, entry.getKey(), flat(shown));
        });
    }

    private static Map<String, String> plan(JsonNode body) {
        ObjectNode view = common(body);
        boolean own = true;
        for (JsonNode layer : body.path("layers")) {
            ObjectNode place = own
                    ? view
                    : view.withObject("/inherited/" + layer.path("plan").asText());
            if (!own) {
                place.set("version", layer.path("version"));
            }
            place.set("entitlements", layer.path("entitlements"));
            own = false;
        }
        view.set("creditLimits", body.path("creditLimits"));
        JsonNode trial = body.path("trial").deepCopy();
        if (trial instanceof ObjectNode object) {
            object.set("credits", byKey(object.path("credits")));
            view.set("trial", object);
        }
        view.set("budget", body.path("budget"));
        view.set("visibility", body.path("visibility"));
        return flat(view);
    }

    private static Map<String, String> addon(JsonNode body) {
        ObjectNode view = common(body);
        view.set("compatibleWith", body.path("compatibleWith"));
        view.set("requires", body.path("requires"));
        view.set("minQuantity", body.path("minQuantity"));
        view.set("maxQuantity", body.path("maxQuantity"));
        view.set("entitlements", body.path("entitlements"));
        return flat(view);
    }

    private static ObjectNode common(JsonNode body) {
        ObjectNode view = Json.mapper().createObjectNode();
        view.set("product", body.path("product"));
        view.set("name", body.path("name"));
        view.set("description", body.path("description"));
        view.set("credits", byKey(body.path("credits")));
        view.set("charges", byKey(body.path("charges")));
        view.set("creditUnits", body.path("creditUnits"));
        JsonNode features = body.path("features").deepCopy();
        features.forEach(feature -> {
            if (feature instanceof ObjectNode object) {
                object.remove(List.of("key", "hash"));
                withoutKey(object.path("meter"));
            }
        });
        view.set("features", features);
        return view;
    }

    private static void withoutKey(JsonNode meter) {
        if (meter instanceof ObjectNode object) {
            object.remove("key");
        }
    }

    private static ObjectNode byKey(JsonNode list) {
        ObjectNode map = Json.mapper().createObjectNode();
        list.forEach(item -> {
            ObjectNode entry = item.deepCopy();
            entry.remove("key");
            map.set(item.path("key").asText(), entry);
        });
        return map;
    }

    private static Map<String, String> flat(JsonNode tree) {
        Map<String, String> members = new TreeMap<>();
        flatten("", tree, members);
        return members;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> members) {
        if (node.isObject()) {
            // An entitlement without members is an entitlement all the same.
            if (node.isEmpty() && !path.isEmpty()) {
                members.put(path, "{}");
            }
            node.properties()
                    .forEach(member -> flatten(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            members));
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                flatten(path + "[" + index + "]", node.get(index), members);
            }
        } else if (!node.isNull() && !node.isMissingNode()) {
            members.put(path, node.asText());
        }
    }
}
