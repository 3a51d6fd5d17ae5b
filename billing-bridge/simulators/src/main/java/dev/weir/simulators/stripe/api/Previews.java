package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Invoicing;
import dev.weir.simulators.stripe.billing.ItemChange;
import dev.weir.simulators.stripe.billing.Lines;
import dev.weir.simulators.stripe.billing.Subscribing;
import dev.weir.simulators.stripe.billing.Upcoming;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/invoices/create_preview}: the next invoice, with changes that are only tried. */
public final class Previews {
    /** The one POST that changes nothing. */
    public static final String PATH = "/v1/invoices/create_preview";

    private static final int ITEMS_MAX = 250;

    private Previews() {}

    static void register(Router router) {
        router.post(
                PATH,
                Rules.of(
                        "customer",
                        "subscription",
                        "preview_mode",
                        "currency",
                        "subscription_details.items.#.id",
                        "subscription_details.items.#.price",
                        "subscription_details.items.#.quantity",
                        "subscription_details.items.#.deleted",
                        "subscription_details.items.#.metadata.*",
                        "subscription_details.proration_behavior",
                        "invoice_items.#.amount",
                        "invoice_items.#.currency",
                        "invoice_items.#.description",
                        "invoice_items.#.discountable",
                        "invoice_items.#.period.start",
                        "invoice_items.#.period.end",
                        "invoice_items.#.price",
                        "invoice_items.#.quantity",
                        "invoice_items.#.quantity_decimal",
                        "invoice_items.#.metadata.*"),
                Previews::preview);
    }

    private static ObjectNode preview(Call call) {
        Params params = call.params();
        World world = call.world();
        params.choice("preview_mode", "next", java.util.Set.of("next"));
        ObjectNode subscription = subscription(call);
        String customer = subscription == null ? params.need("customer") : Json.need(subscription, "customer");
        ObjectNode owner = world.of("customer").need(customer, "customer");
        List<ObjectNode> items = new ArrayList<>();
        if (subscription == null) {
            String currency = Json.text(owner, "currency");
            String used = currency == null ? "usd" : currency;
            items.addAll(Invoicing.pendingItems(world, customer, null, used));
            items.addAll(given(call, customer));
            if (items.isEmpty()) {
                throw none(customer);
            }
            Invoicing.Occasion occasion = new Invoicing.Occasion("upcoming", call.now(), call.now());
            List<ObjectNode> lines =
                    items.stream().map(item -> Lines.ofInvoiceItem(world, item)).toList();
            String first = Json.need(items.getFirst(), "currency");
            ObjectNode invoice = Invoicing.document(world, owner, null, first, occasion, lines);
            return invoice.put("id", "upcoming_" + Json.need(invoice, "id"));
        }
        ObjectNode tried = subscription.deepCopy();
        List<Params> changed = params.list("subscription_details.items");
        items.addAll(Invoicing.pendingItems(
                world, customer, Json.need(subscription, "id"), Json.need(subscription, "currency")));
        if (!changed.isEmpty()) {
            String behavior = params.choice(
                    "subscription_details.proration_behavior", "create_prorations", Subscriptions.PRORATION);
            List<ItemChange> changes = ItemParams.changes(world, tried, changed);
            items.addAll(ItemChange.apply(world, tried, changes, !"none".equals(behavior)));
        }
        items.addAll(given(call, customer));
        return Upcoming.of(world, tried, items);
    }

    private static @Nullable ObjectNode subscription(Call call) {
        Params params = call.params();
        String id = params.text("subscription");
        if (id != null) {
            ObjectNode found = call.of("subscription").need(id, "subscription");
            if (Subscribing.isOver(found)) {
                throw none(Json.need(found, "customer"));
            }
            return found;
        }
        return call.of("subscription").all().stream()
                .filter(Pages.where("customer", params.need("customer")))
                .filter(found -> !Subscribing.isOver(found))
                .findFirst()
                .orElse(null);
    }

    private static List<ObjectNode> given(Call call, String customer) {
        List<Params> items = call.params().list("invoice_items");
        if (items.size() > ITEMS_MAX) {
            throw StripeError.invalid("invoice_items", "A preview takes up to " + ITEMS_MAX + " items.");
        }
        return items.stream()
                .map(item -> InvoiceItems.priced(call.world(), item, "price", customer, call.now(), call.now()))
                .toList();
    }

    private static StripeError none(String customer) {
        return StripeError.early(
                404,
                "invalid_request_error",
                "invoice_upcoming_none",
                "No upcoming invoices for customer: " + customer,
                Map.of());
    }
}
