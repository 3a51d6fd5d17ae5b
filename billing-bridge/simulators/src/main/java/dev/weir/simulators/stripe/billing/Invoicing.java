package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes invoices and takes them through their life: draft, open, paid (or void, uncollectible). Payment always succeeds;
 * an invoice with {@code charge_automatically} is paid when it is finalized.
 */
public final class Invoicing {
    private static final String KIND = "invoice";
    private static final long DAY_SECONDS = 86_400;

    private Invoicing() {}

    /**
     * What an invoice is for.
     *
     * @param reason Stripe's {@code billing_reason}
     * @param periodStart start of the period it looks back on
     * @param periodEnd end of that period
     */
    public record Occasion(String reason, long periodStart, long periodEnd) {}

    /** A document of a draft, not stored yet: for a new invoice as for a preview. */
    public static ObjectNode document(
            World world,
            ObjectNode customer,
            @Nullable ObjectNode subscription,
            String currency,
            Occasion occasion,
            List<ObjectNode> lines) {
        ObjectNode invoice = world.document(KIND, "in");
        String id = Json.need(invoice, "id");
        invoice.put("account_country", "US").put("account_name", "Stripe simulator");
        invoice.put("amount_overpaid", 0).put("amount_shipping", 0);
        invoice.put("attempt_count", 0).put("attempted", false).put("auto_advance", true);
        ObjectNode tax = invoice.putObject("automatic_tax").put("enabled", false);
        tax.putNull("disabled_reason").putNull("liability").putNull("provider").putNull("status");
        invoice.putNull("automatically_finalizes_at");
        invoice.put("billing_reason", occasion.reason());
        String collection = subscription == null ? null : Json.text(subscription, "collection_method");
        invoice.put("collection_method", collection == null ? "charge_automatically" : collection);
        invoice.put("created", world.now());
        invoice.put("currency", currency);
        invoice.put("customer", Json.need(customer, "id"));
        invoice.put("customer_email", Json.text(customer, "email"));
        invoice.put("customer_name", Json.text(customer, "name"));
        invoice.put("customer_tax_exempt", Json.text(customer, "tax_exempt"));
        invoice.putNull("description");
        invoice.putNull("due_date")
                .putNull("effective_at")
                .putNull("ending_balance")
                .putNull("footer");
        invoice.putNull("from_invoice").putNull("last_finalization_error").putNull("latest_revision");
        invoice.set("lines", Json.list("/v1/invoices/" + id + "/lines", List.of()));
        invoice.put("livemode", false);
        invoice.putObject("metadata");
        invoice.putNull("next_payment_attempt").putNull("number").putNull("on_behalf_of");
        parent(invoice, subscription);
        invoice.put("period_end", occasion.periodEnd()).put("period_start", occasion.periodStart());
        invoice.put("post_payment_credit_notes_amount", 0).put("pre_payment_credit_notes_amount", 0);
        invoice.putNull("receipt_number");
        invoice.put("starting_balance", 0);
        invoice.put("status", "draft");
        ObjectNode transitions = invoice.putObject("status_transitions");
        transitions
                .putNull("finalized_at")
                .putNull("marked_uncollectible_at")
                .putNull("paid_at")
                .putNull("voided_at");
        invoice.putNull("test_clock");
        invoice.putArray("total_discount_amounts");
        invoice.putArray("total_pretax_credit_amounts");
        invoice.putArray("total_taxes");
        invoice.put("webhooks_delivered_at", world.now());
        Long daysUntilDue =
                subscription == null || subscription.path("days_until_due").isNull()
                        ? null
                        : Json.number(subscription, "days_until_due");
        Json.setNumber(invoice, "_days_until_due", daysUntilDue);
        invoice.put("_paid", 0);
        Discounts.bear(world, invoice, subscription);
        lines.forEach(line -> addLine(invoice, line));
        total(invoice);
        return invoice;
    }

    private static void parent(ObjectNode invoice, @Nullable ObjectNode subscription) {
        if (subscription == null) {
            invoice.putNull("parent");
            return;
        }
        ObjectNode parent = invoice.putObject("parent");
        parent.putNull("quote_details");
        parent.putObject("subscription_details")
                .put("subscription", Json.need(subscription, "id"))
                .set("metadata", Json.child(subscription, "metadata").deepCopy());
        parent.put("type", "subscription_details");
    }

    /** Puts a line on a draft; the totals are not touched. */
    public static void addLine(ObjectNode invoice, ObjectNode line) {
        line.put("invoice", Json.need(invoice, "id"));
        lines(invoice).add(line);
    }

    /** The lines of an invoice, all of them. */
    public static ArrayNode lines(ObjectNode invoice) {
        return (ArrayNode) Json.child(invoice, "lines").path("data");
    }

    /** Sums the lines up. */
    public static void total(ObjectNode invoice) {
        long total = 0;
        for (ObjectNode line : Json.data(Json.child(invoice, "lines"))) {
            total += Json.number(line, "amount");
        }
        invoice.put("subtotal", total).put("subtotal_excluding_tax", total);
        total -= Discounts.apply(invoice);
        invoice.put("total", total).put("total_excluding_tax", total);
        long due = Math.max(0, total + Json.number(invoice, "starting_balance"));
        long paid = Json.number(invoice, "_paid");
        invoice.put("amount_due", due).put("amount_paid", paid);
        invoice.put(
                "amount_remaining", Math.max(0, due - paid - Json.number(invoice, "pre_payment_credit_notes_amount")));
    }

    /** Stores a new draft. With {@code auto_advance} it is finalized by itself after the grace period. */
    public static void open(World world, ObjectNode invoice) {
        if (Json.flag(invoice, "auto_advance")) {
            long at = world.now() + world.graceSeconds();
            invoice.put("automatically_finalizes_at", at);
            world.agenda().add(at, KIND, Json.need(invoice, "id"));
        }
        world.of(KIND).put(invoice);
        Discounts.used(world, invoice);
        ObjectNode customer = world.of("customer").find(Json.need(invoice, "customer"));
        if (customer != null && Json.text(customer, "currency") == null) {
            customer.put("currency", Json.need(invoice, "currency"));
        }
        world.emit("invoice.created", invoice);
    }

    /** The customer's pending invoice items that go on an invoice of this subscription and currency. */
    public static List<ObjectNode> pendingItems(
            World world, String customer, @Nullable String subscription, String currency) {
        List<ObjectNode> pending = new ArrayList<>();
        world.of("invoiceitem").all().stream()
                .filter(item -> item.path("invoice").isNull())
                .filter(Pages.where("customer", customer))
                .filter(Pages.where("currency", currency))
                .filter(item -> {
                    String of = Lines.subscriptionOf(item);
                    return of == null || Objects.equals(of, subscription);
                })
                .forEach(pending::add);
        return pending;
    }

    /** Puts pending items on a draft and ties them to it. */
    public static void attach(World world, ObjectNode invoice, List<ObjectNode> items) {
        for (ObjectNode item : items) {
            item.put("invoice", Json.need(invoice, "id"));
            addLine(invoice, Lines.ofInvoiceItem(world, item));
        }
        total(invoice);
    }

    /** Called when the agenda says that a draft's grace period is over. */
    public static void due(World world, String id) {
        ObjectNode invoice = world.of(KIND).find(id);
        if (invoice != null
                && "draft".equals(Json.text(invoice, "status"))
                && Json.flag(invoice, "auto_advance")
                && Json.number(invoice, "automatically_finalizes_at") <= world.now()) {
            finish(world, invoice);
        }
    }

    /** Finalizes a draft: usage is read a last time, the number is given, and from here on nothing of it changes. */
    public static void finish(World world, ObjectNode invoice) {
        Json.data(Json.child(invoice, "lines")).forEach(line -> {
            Lines.readUsage(world, line, Usage.ALL);
            line.remove(List.of("_meter", "_customer", "_price"));
        });
        ObjectNode customer = world.of("customer").find(Json.need(invoice, "customer"));
        long balance = customer == null ? 0 : Json.number(customer, "balance");
        invoice.put("starting_balance", balance);
        total(invoice);
        long after = Json.number(invoice, "total") + balance - Json.number(invoice, "amount_due");
        invoice.put("ending_balance", after);
        if (customer != null) {
            customer.put("balance", after);
        }
        invoice.put("number", world.nextInvoiceNumber());
        invoice.put("status", "open");
        invoice.put("effective_at", world.now());
        invoice.putNull("automatically_finalizes_at");
        Json.child(invoice, "status_transitions").put("finalized_at", world.now());
        if (!invoice.path("_days_until_due").isNull()) {
            invoice.put("due_date", world.now() + Json.number(invoice, "_days_until_due") * DAY_SECONDS);
        }
        world.emit("invoice.finalized", invoice);
        boolean charged = "charge_automatically".equals(Json.text(invoice, "collection_method"))
                && Json.flag(invoice, "auto_advance");
        if (charged || Json.number(invoice, "amount_due") == 0) {
            pay(world, invoice);
        }
    }

    /** Marks an open invoice paid. */
    public static void pay(World world, ObjectNode invoice) {
        invoice.put("_paid", Json.number(invoice, "amount_remaining"));
        invoice.put("status", "paid");
        invoice.put("attempted", true).put("attempt_count", 1).put("auto_advance", false);
        Json.child(invoice, "status_transitions").put("paid_at", world.now());
        total(invoice);
        world.emit("invoice.paid", invoice);
    }
}
