package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Invoicing;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code /v1/invoices} and their lines. */
final class Invoices {
    static final String KIND = "invoice";

    private Invoices() {}

    static void register(Router router) {
        router.post(
                "/v1/invoices",
                Rules.of(
                        "customer",
                        "subscription",
                        "auto_advance",
                        "collection_method",
                        "currency",
                        "days_until_due",
                        "description",
                        "footer",
                        "metadata.*",
                        "pending_invoice_items_behavior"),
                Invoices::create);
        router.get(
                "/v1/invoices", Rules.list("customer", "subscription", "status", "collection_method"), Invoices::list);
        router.get("/v1/invoices/{}", Rules.of(), call -> call.own(KIND));
        router.get(
                "/v1/invoices/{}/lines",
                Rules.list(),
                call -> Pages.page(
                        Json.data(Json.child(call.own(KIND), "lines")).stream(),
                        call.params(),
                        "/v1/invoices/" + call.id() + "/lines"));
        router.post(
                "/v1/invoices/{}",
                Rules.of("auto_advance", "description", "footer", "metadata.*", "days_until_due", "collection_method"),
                Invoices::update);
        router.delete("/v1/invoices/{}", Rules.of(), Invoices::delete);
        router.post("/v1/invoices/{}/finalize", Rules.of("auto_advance"), Invoices::finish);
        router.post("/v1/invoices/{}/pay", Rules.of("paid_out_of_band", "off_session"), Invoices::pay);
        router.post("/v1/invoices/{}/send", Rules.of(), Invoices::send);
        router.post("/v1/invoices/{}/void", Rules.of(), Invoices::voided);
        router.post("/v1/invoices/{}/mark_uncollectible", Rules.of(), Invoices::uncollectible);
    }

    /** The invoice, if it is a draft. */
    static ObjectNode editable(ObjectNode invoice) {
        if (!"draft".equals(Json.text(invoice, "status"))) {
            throw StripeError.refused(
                    "invoice_not_editable", null, "This invoice is no longer editable: it has been finalized.");
        }
        return invoice;
    }

    /** Takes the line of an invoice item off a draft. */
    static void removeLineOf(ObjectNode invoice, String item) {
        ArrayNode lines = Invoicing.lines(invoice);
        for (int i = lines.size() - 1; i >= 0; i--) {
            JsonNode details = lines.get(i).path("parent").path("invoice_item_details");
            if (item.equals(Json.text(details, "invoice_item"))) {
                lines.remove(i);
            }
        }
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        World world = call.world();
        ObjectNode customer = call.of("customer").need(params.need("customer"), "customer");
        String customerId = Json.need(customer, "id");
        String subscriptionId = params.text("subscription");
        ObjectNode subscription =
                subscriptionId == null ? null : call.of("subscription").need(subscriptionId, "subscription");
        String given = params.text("currency");
        String own = Json.text(subscription == null ? customer : subscription, "currency");
        String currency = given == null ? (own == null ? "usd" : own) : given.toLowerCase(Locale.ROOT);
        boolean include = "include"
                .equals(params.choice(
                        "pending_invoice_items_behavior",
                        subscription == null ? "exclude" : "include",
                        Set.of("include", "exclude")));
        List<ObjectNode> pending =
                include ? Invoicing.pendingItems(world, customerId, subscriptionId, currency) : new ArrayList<>();
        Invoicing.Occasion occasion =
                new Invoicing.Occasion(subscription == null ? "manual" : "subscription_update", call.now(), call.now());
        ObjectNode invoice = Invoicing.document(world, customer, subscription, currency, occasion, List.of());
        invoice.put("auto_advance", params.isTrue("auto_advance"));
        settings(call, invoice);
        Invoicing.attach(world, invoice, pending);
        Invoicing.open(world, invoice);
        return invoice;
    }

    private static void settings(Call call, ObjectNode invoice) {
        Params params = call.params();
        for (String text : List.of("description", "footer")) {
            if (params.has(text)) {
                invoice.put(text, params.text(text));
            }
        }
        invoice.put(
                "collection_method",
                params.choice(
                        "collection_method",
                        Json.need(invoice, "collection_method"),
                        Set.of("charge_automatically", "send_invoice")));
        Long days = params.number("days_until_due");
        if (days != null) {
            if (!"send_invoice".equals(Json.text(invoice, "collection_method"))) {
                throw StripeError.invalid(
                        "days_until_due", "days_until_due is only for collection_method=send_invoice.");
            }
            invoice.put("_days_until_due", days);
        }
        call.mergeMetadata(invoice);
    }

    private static ObjectNode list(Call call) {
        Params params = call.params();
        String subscription = params.text("subscription");
        return Pages.page(
                call.of(KIND)
                        .newestFirst()
                        .filter(Pages.where("customer", params.text("customer")))
                        .filter(Pages.where("status", params.text("status")))
                        .filter(Pages.where("collection_method", params.text("collection_method")))
                        .filter(invoice -> subscription == null
                                || subscription.equals(Json.text(
                                        invoice.path("parent").path("subscription_details"), "subscription"))),
                params,
                "/v1/invoices");
    }

    private static ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode invoice = call.own(KIND).deepCopy();
        boolean onlyMetadata = !params.has("description")
                && !params.has("footer")
                && !params.has("days_until_due")
                && !params.has("collection_method");
        if (!onlyMetadata) {
            editable(invoice);
        }
        settings(call, invoice);
        Boolean advance = params.flag("auto_advance");
        if (advance != null) {
            invoice.put("auto_advance", advance);
            if (advance && "draft".equals(Json.text(invoice, "status"))) {
                long at = Math.max(
                        call.now(),
                        Json.number(invoice, "created") + call.world().graceSeconds());
                invoice.put("automatically_finalizes_at", at);
                call.world().agenda().add(at, KIND, call.id());
            }
        }
        call.of(KIND).put(invoice);
        call.world().emit("invoice.updated", invoice);
        return invoice;
    }

    private static ObjectNode delete(Call call) {
        ObjectNode invoice = editable(call.own(KIND));
        if (!invoice.path("parent").isNull()) {
            throw StripeError.refused(null, "id", "Invoices of subscriptions cannot be deleted: void it instead.");
        }
        call.of(InvoiceItems.KIND).all().stream()
                .filter(Pages.where("invoice", call.id()))
                .toList()
                .forEach(item -> call.of(InvoiceItems.KIND).remove(Json.need(item, "id")));
        call.of(KIND).remove(call.id());
        call.world().emit("invoice.deleted", invoice);
        return Json.object().put("id", call.id()).put("object", KIND).put("deleted", true);
    }

    private static ObjectNode finish(Call call) {
        ObjectNode invoice = call.own(KIND);
        if (!"draft".equals(Json.text(invoice, "status"))) {
            throw StripeError.refused(
                    "invoice_not_editable", null, "This invoice is already finalized, you can't re-finalize it.");
        }
        Boolean advance = call.params().flag("auto_advance");
        if (advance != null) {
            invoice.put("auto_advance", advance);
        }
        Invoicing.finish(call.world(), invoice);
        return invoice;
    }

    private static ObjectNode pay(Call call) {
        ObjectNode invoice = call.own(KIND);
        String status = Json.need(invoice, "status");
        if ("draft".equals(status)) {
            Invoicing.finish(call.world(), invoice);
        } else if (!"open".equals(status) && !"uncollectible".equals(status)) {
            throw StripeError.refused(null, null, "Invoice is already " + status);
        }
        if (!"paid".equals(Json.text(invoice, "status"))) {
            Invoicing.pay(call.world(), invoice);
        }
        return invoice;
    }

    private static ObjectNode send(Call call) {
        ObjectNode invoice = call.own(KIND);
        if (!"send_invoice".equals(Json.text(invoice, "collection_method"))) {
            throw StripeError.refused(
                    null, null, "You can only manually send an invoice with collection_method=send_invoice.");
        }
        if ("draft".equals(Json.text(invoice, "status"))) {
            Invoicing.finish(call.world(), invoice);
        }
        call.world().emit("invoice.sent", invoice);
        return invoice;
    }

    private static ObjectNode voided(Call call) {
        ObjectNode invoice = call.own(KIND);
        String status = Json.need(invoice, "status");
        if (!"open".equals(status) && !"uncollectible".equals(status)) {
            throw StripeError.refused(
                    null, null, "You can only pass in open invoices. This invoice isn't open, it is " + status + ".");
        }
        invoice.put("status", "void").put("auto_advance", false);
        Json.child(invoice, "status_transitions").put("voided_at", call.now());
        call.world().emit("invoice.voided", invoice);
        return invoice;
    }

    private static ObjectNode uncollectible(Call call) {
        ObjectNode invoice = call.own(KIND);
        if (!"open".equals(Json.text(invoice, "status"))) {
            throw StripeError.refused(null, null, "You can only mark open invoices as uncollectible.");
        }
        invoice.put("status", "uncollectible").put("auto_advance", false);
        Json.child(invoice, "status_transitions").put("marked_uncollectible_at", call.now());
        call.world().emit("invoice.marked_uncollectible", invoice);
        return invoice;
    }
}
