package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Charges;
import dev.weir.simulators.stripe.billing.Discounts;
import dev.weir.simulators.stripe.billing.Invoicing;
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
import java.util.Set;

/** {@code /v1/subscriptions}: reading, changing and ending; {@link SubscriptionCreate} makes them. */
final class Subscriptions {
    static final String KIND = "subscription";
    static final Set<String> PRORATION = Set.of("create_prorations", "always_invoice", "none");

    private Subscriptions() {}

    static void register(Router router) {
        router.post("/v1/subscriptions", SubscriptionCreate.RULES, SubscriptionCreate::create);
        router.get(
                "/v1/subscriptions",
                Rules.list("customer", "price", "status", "collection_method"),
                Subscriptions::list);
        router.get("/v1/subscriptions/{}", Rules.of(), call -> call.own(KIND));
        router.post(
                "/v1/subscriptions/{}",
                Rules.of(
                        "items.#.id",
                        "items.#.price",
                        "items.#.quantity",
                        "items.#.deleted",
                        "items.#.clear_usage",
                        "items.#.metadata.*",
                        "metadata.*",
                        "description",
                        "discounts",
                        "discounts.#.coupon",
                        "cancel_at",
                        "cancel_at_period_end",
                        "cancellation_details.comment",
                        "cancellation_details.feedback",
                        "collection_method",
                        "days_until_due",
                        "proration_behavior",
                        "payment_behavior",
                        "trial_end"),
                Subscriptions::update);
        router.delete(
                "/v1/subscriptions/{}",
                Rules.of("invoice_now", "prorate", "cancellation_details.comment", "cancellation_details.feedback"),
                Subscriptions::cancel);
    }

    /** Ends all subscriptions of a customer that is deleted, without a last invoice. */
    static void cancelAllOf(World world, String customer) {
        world.of(KIND).all().stream()
                .filter(Pages.where("customer", customer))
                .filter(subscription -> !Subscribing.isOver(subscription))
                .toList()
                .forEach(subscription -> Subscribing.end(world, subscription, false, "subscription_update"));
    }

    private static ObjectNode list(Call call) {
        Params params = call.params();
        String status = params.text("status");
        String price = params.text("price");
        return Pages.page(
                call.of(KIND)
                        .newestFirst()
                        .filter(Pages.where("customer", params.text("customer")))
                        .filter(Pages.where("collection_method", params.text("collection_method")))
                        .filter(subscription -> hasStatus(subscription, status))
                        .filter(subscription -> price == null
                                || Items.of(subscription).stream()
                                        .anyMatch(item -> price.equals(Json.text(item.path("price"), "id")))),
                params,
                "/v1/subscriptions");
    }

    private static boolean hasStatus(ObjectNode subscription, @org.jspecify.annotations.Nullable String status) {
        if (status == null) {
            return !Subscribing.isOver(subscription);
        }
        return switch (status) {
            case "all" -> true;
            case "ended" -> Subscribing.isOver(subscription);
            default -> status.equals(Json.text(subscription, "status"));
        };
    }

    private static ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode subscription = running(call.own(KIND)).deepCopy();
        List<ItemChange> changes =
                params.has("items") ? ItemParams.changes(call.world(), subscription, params.list("items")) : List.of();
        String behavior = params.choice("proration_behavior", "create_prorations", PRORATION);
        settings(call, subscription);
        return apply(call.world(), subscription, changes, behavior);
    }

    /** Applies checked changes and stores everything that comes of them. */
    static ObjectNode apply(World world, ObjectNode subscription, List<ItemChange> changes, String behavior) {
        List<ObjectNode> charges = ItemChange.apply(world, subscription, changes, !"none".equals(behavior));
        charges.forEach(charge -> {
            world.of("invoiceitem").put(charge);
            world.emit("invoiceitem.created", charge);
        });
        world.of(KIND).put(subscription);
        Subscribing.schedule(world, subscription);
        if ("always_invoice".equals(behavior) && !charges.isEmpty()) {
            ObjectNode invoice = Subscribing.invoice(
                    world,
                    subscription,
                    new Invoicing.Occasion("subscription_update", world.now(), world.now()),
                    List.of(),
                    charges);
            if ("charge_automatically".equals(Json.text(subscription, "collection_method"))) {
                Invoicing.finish(world, invoice);
            }
        }
        world.emit("customer.subscription.updated", subscription);
        return subscription;
    }

    private static void settings(Call call, ObjectNode subscription) {
        Params params = call.params();
        call.mergeMetadata(subscription);
        if (params.has("description")) {
            subscription.put("description", params.text("description"));
        }
        if (params.has("discounts")) {
            Discounts.set(call.world(), subscription, params.list("discounts"));
        }
        collection(params, subscription);
        details(params, subscription);
        Boolean atPeriodEnd = params.flag("cancel_at_period_end");
        if (params.has("cancel_at") && Boolean.TRUE.equals(atPeriodEnd)) {
            throw StripeError.invalid("cancel_at", "You may only specify one of: cancel_at, cancel_at_period_end.");
        }
        if (params.has("cancel_at") || Boolean.FALSE.equals(atPeriodEnd)) {
            Long at = params.number("cancel_at");
            if (at != null && at <= call.now()) {
                throw StripeError.invalid("cancel_at", "cancel_at must be in the future.");
            }
            Json.setNumber(subscription, "cancel_at", at);
            Json.setNumber(subscription, "canceled_at", at == null ? null : call.now());
            subscription.put("cancel_at_period_end", false);
        }
        if (Boolean.TRUE.equals(atPeriodEnd)) {
            long end = Items.of(subscription).stream()
                    .mapToLong(Items::periodEnd)
                    .max()
                    .orElseThrow();
            subscription.put("cancel_at", end).put("canceled_at", call.now()).put("cancel_at_period_end", true);
            Json.child(subscription, "cancellation_details").put("reason", "cancellation_requested");
        }
        trialEnd(call, subscription);
    }

    private static void trialEnd(Call call, ObjectNode subscription) {
        String given = call.params().text("trial_end");
        if (given == null) {
            return;
        }
        if (!"trialing".equals(Json.text(subscription, "status"))) {
            throw StripeError.refused(null, "trial_end", "The simulator only changes the end of a trial that runs.");
        }
        Long end =
                "now".equals(given) ? Long.valueOf(call.now()) : call.params().number("trial_end");
        if (end == null || end < call.now()) {
            throw StripeError.invalid("trial_end", "trial_end must be in the future.");
        }
        subscription.put("trial_end", end).put("billing_cycle_anchor", end);
        Items.of(subscription).forEach(item -> item.put("current_period_end", end));
    }

    static void collection(Params params, ObjectNode subscription) {
        subscription.put(
                "collection_method",
                params.choice(
                        "collection_method",
                        Json.need(subscription, "collection_method"),
                        Set.of("charge_automatically", "send_invoice")));
        Long days = params.number("days_until_due");
        boolean send = "send_invoice".equals(Json.text(subscription, "collection_method"));
        if (days != null && !send) {
            throw StripeError.invalid("days_until_due", "days_until_due is only for collection_method=send_invoice.");
        }
        if (send && days == null && subscription.path("days_until_due").isNull()) {
            throw StripeError.missing("days_until_due");
        }
        if (days != null) {
            subscription.put("days_until_due", days);
        }
    }

    private static void details(Params params, ObjectNode subscription) {
        ObjectNode details = Json.child(subscription, "cancellation_details");
        for (String field : List.of("comment", "feedback")) {
            if (params.has("cancellation_details." + field)) {
                details.put(field, params.text("cancellation_details." + field));
            }
        }
    }

    private static ObjectNode cancel(Call call) {
        Params params = call.params();
        ObjectNode subscription = running(call.own(KIND)).deepCopy();
        details(params, subscription);
        Json.child(subscription, "cancellation_details").put("reason", "cancellation_requested");
        Boolean invoiceNow = params.flag("invoice_now");
        boolean flexible = "flexible".equals(Json.text(subscription.path("billing_mode"), "type"));
        World world = call.world();
        world.of(KIND).put(subscription);
        if (params.isTrue("prorate")) {
            Charges charges = new Charges(world, subscription, true);
            Items.of(subscription).forEach(item -> charges.rest(item, -1));
            charges.made().forEach(world.of("invoiceitem")::put);
        }
        Subscribing.end(world, subscription, invoiceNow == null ? flexible : invoiceNow, "subscription_update");
        return subscription;
    }

    static ObjectNode running(ObjectNode subscription) {
        if (Subscribing.isOver(subscription)) {
            throw StripeError.noSuch("subscription", Json.need(subscription, "id"), "id");
        }
        return subscription;
    }
}
