package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import java.util.List;
import java.util.Objects;

/** {@code /v1/products}; the id may be the caller's own. */
final class Products {
    private static final String KIND = "product";
    private static final List<String> TEXTS =
            List.of("description", "unit_label", "statement_descriptor", "tax_code", "url");

    private Products() {}

    static void register(Router router) {
        router.post(
                "/v1/products",
                Rules.of(
                        "id",
                        "name",
                        "active",
                        "description",
                        "unit_label",
                        "statement_descriptor",
                        "tax_code",
                        "url",
                        "type",
                        "metadata.*"),
                Products::create);
        router.get("/v1/products", Rules.list("active", "ids.#"), Products::list);
        router.get("/v1/products/{}", Rules.of(), call -> call.own(KIND));
        router.post(
                "/v1/products/{}",
                Rules.of(
                        "name",
                        "active",
                        "description",
                        "unit_label",
                        "statement_descriptor",
                        "tax_code",
                        "url",
                        "default_price",
                        "metadata.*"),
                Products::update);
        router.delete("/v1/products/{}", Rules.of(), Products::delete);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        params.need("name");
        String id = params.text("id");
        if (id != null && call.of(KIND).find(id) != null) {
            throw StripeError.refused("resource_already_exists", "id", "Product already exists.");
        }
        ObjectNode product = call.world().document(KIND, "prod");
        if (id != null) {
            product.put("id", id);
        }
        product.put("active", true);
        product.put("created", call.now());
        product.putNull("default_price");
        product.putArray("images");
        product.put("livemode", false);
        product.putArray("marketing_features");
        product.putNull("package_dimensions").putNull("shippable");
        product.put("type", "service");
        TEXTS.forEach(product::putNull);
        apply(call, product);
        call.of(KIND).put(product);
        call.world().emit("product.created", product);
        return product;
    }

    private static ObjectNode update(Call call) {
        ObjectNode product = call.own(KIND).deepCopy();
        String price = call.params().text("default_price");
        if (price != null) {
            ObjectNode found = call.of("price").need(price, "default_price");
            if (!Objects.equals(Json.text(found, "product"), call.id())) {
                throw StripeError.refused(null, "default_price", "The price belongs to another product.");
            }
            product.put("default_price", price);
        }
        apply(call, product);
        call.of(KIND).put(product);
        call.world().emit("product.updated", product);
        return product;
    }

    private static ObjectNode delete(Call call) {
        ObjectNode product = call.own(KIND);
        if (call.of("price").all().stream().anyMatch(Pages.where("product", call.id()))) {
            throw StripeError.refused(
                    null, "id", "This product cannot be deleted because it has one or more user-created prices.");
        }
        call.of(KIND).remove(call.id());
        call.world().emit("product.deleted", product);
        return Json.object().put("id", call.id()).put("object", KIND).put("deleted", true);
    }

    private static ObjectNode list(Call call) {
        List<String> ids = call.params().texts("ids");
        return Pages.page(
                call.of(KIND)
                        .newestFirst()
                        .filter(Pages.where("active", call.params().text("active")))
                        .filter(product -> ids.isEmpty() || ids.contains(Json.need(product, "id"))),
                call.params(),
                "/v1/products");
    }

    private static void apply(Call call, ObjectNode product) {
        Params params = call.params();
        String name = params.text("name");
        if (name != null) {
            product.put("name", name);
        }
        for (String text : TEXTS) {
            if (params.has(text)) {
                product.put(text, params.text(text));
            }
        }
        Boolean active = params.flag("active");
        if (active != null) {
            product.put("active", active);
        }
        product.put("updated", call.now());
        call.mergeMetadata(product);
    }
}
