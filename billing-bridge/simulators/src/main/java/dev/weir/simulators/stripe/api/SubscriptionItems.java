package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.ItemChange;
import dev.weir.simulators.stripe.billing.Items;
import dev.weir.simulators.stripe.billing.Subscribing;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.util.List;

/** {@code /v1/subscription_items}: the items of a subscription one by one. */
final class SubscriptionItems {
    private SubscriptionItems() {}

    static void register(Router router) {
        router.post(
                "/v1/subscription_items",
                Rules.of("subscription", "price", "quantity", "metadata.*", "proration_behavior", "payment_behavior"),
                SubscriptionItems::create);
        router.get("/v1/subscription_items", Rules.list("subscription"), SubscriptionItems::list);
        router.get("/v1/subscription_items/{}", Rules.of(), call -> find(owner(call), call.id()));
        router.post(
                "/v1/subscription_items/{}",
                Rules.of("price", "quantity", "metadata.*", "proration_behavior", "payment_behavior"),
                SubscriptionItems::update);
        router.delete(
                "/v1/subscription_items/{}", Rules.of("proration_behavior", "clear_usage"), SubscriptionItems::delete);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode subscription = Subscriptions.running(
                        call.of(Subscriptions.KIND).need(params.need("subscription"), "subscription"))
                .deepCopy();
        List<ItemChange> changes = ItemParams.changes(call.world(), subscription, List.of(params));
        return Items.of(apply(call, subscription, changes)).getLast();
    }

    private static ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode subscription = Subscriptions.running(owner(call)).deepCopy();
        ItemChange change = ItemParams.alter(call.world(), subscription, find(subscription, call.id()), params);
        return find(apply(call, subscription, List.of(change)), call.id());
    }

    private static ObjectNode delete(Call call) {
        ObjectNode subscription = Subscriptions.running(owner(call)).deepCopy();
        if (Items.of(subscription).size() == 1) {
            throw StripeError.refused(null, "id", "A subscription must have at least one active item.");
        }
        apply(call, subscription, List.of(new ItemChange.Remove(call.id())));
        return Json.object()
                .put("id", call.id())
                .put("object", "subscription_item")
                .put("deleted", true);
    }

    private static ObjectNode list(Call call) {
        ObjectNode subscription = call.of(Subscriptions.KIND).need(call.params().need("subscription"), "subscription");
        return Pages.page(Items.of(subscription).stream(), call.params(), "/v1/subscription_items");
    }

    private static ObjectNode apply(Call call, ObjectNode subscription, List<ItemChange> changes) {
        String behavior = call.params().choice("proration_behavior", "create_prorations", Subscriptions.PRORATION);
        return Subscriptions.apply(call.world(), subscription, changes, behavior);
    }

    private static ObjectNode owner(Call call) {
        World world = call.world();
        return world.of(Subscriptions.KIND).all().stream()
                .filter(subscription -> !Subscribing.isOver(subscription))
                .filter(subscription -> Items.of(subscription).stream().anyMatch(Pages.where("id", call.id())))
                .findFirst()
                .orElseThrow(() -> StripeError.noSuch("subscription_item", call.id(), "id"));
    }

    private static ObjectNode find(ObjectNode subscription, String id) {
        return Items.of(subscription).stream()
                .filter(Pages.where("id", id))
                .findFirst()
                .orElseThrow(() -> StripeError.noSuch("subscription_item", id, "id"));
    }
}
