package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.InvoiceItemDocument;
import dev.weir.simulators.stripe.billing.Invoicing;
import dev.weir.simulators.stripe.billing.Lines;
import dev.weir.simulators.stripe.rating.Tariff;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /v1/invoiceitems}: amounts that wait for an invoice, or go on a given draft. */
final class InvoiceItems {
    static final String KIND = "invoiceitem";

    private InvoiceItems() {}

    static void register(Router router) {
        router.post(
                "/v1/invoiceitems",
                Rules.of(
                        "customer",
                        "invoice",
                        "subscription",
                        "amount",
                        "currency",
                        "description",
                        "discountable",
                        "period.start",
                        "period.end",
                        "pricing.price",
                        "quantity",
                        "quantity_decimal",
                        "unit_amount_decimal",
                        "metadata.*"),
                InvoiceItems::create);
        router.get("/v1/invoiceitems", Rules.list("customer", "invoice", "pending"), InvoiceItems::list);
        router.get("/v1/invoiceitems/{}", Rules.of(), call -> call.own(KIND));
        router.post(
                "/v1/invoiceitems/{}",
                Rules.of("amount", "description", "discountable", "period.start", "period.end", "metadata.*"),
                InvoiceItems::update);
        router.delete("/v1/invoiceitems/{}", Rules.of(), InvoiceItems::delete);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        World world = call.world();
        ObjectNode customer = call.of("customer").need(params.need("customer"), "customer");
        ObjectNode item = priced(world, params, "pricing.price", Json.need(customer, "id"), call.now(), call.now());
        String subscription = params.text("subscription");
        if (subscription != null) {
            Subscriptions.running(call.of("subscription").need(subscription, "subscription"));
            InvoiceItemDocument.parent(item, subscription, null);
        }
        String invoiceId = params.text("invoice");
        ObjectNode invoice = null;
        if (invoiceId != null) {
            invoice = Invoices.editable(call.of("invoice").need(invoiceId, "invoice"));
            if (!Json.need(invoice, "currency").equals(Json.need(item, "currency"))) {
                throw StripeError.refused(null, "currency", "The invoice has another currency.");
            }
        }
        call.of(KIND).put(item);
        if (invoice != null) {
            Invoicing.attach(world, invoice, List.of(item));
            world.emit("invoice.updated", invoice);
        }
        world.emit("invoiceitem.created", item);
        return item;
    }

    /**
     * An invoice item of these parameters, not stored: an amount, or a quantity at a one-time price, or a quantity at
     * {@code unit_amount_decimal}.
     */
    static ObjectNode priced(World world, Params params, String priceParam, String customer, long from, long to) {
        Long amount = params.number("amount");
        String priceId = params.text(priceParam);
        BigDecimal unit = params.decimal("unit_amount_decimal");
        int ways = (amount == null ? 0 : 1) + (priceId == null ? 0 : 1) + (unit == null ? 0 : 1);
        if (ways == 0) {
            throw StripeError.missing(params.name("amount"));
        }
        if (ways > 1) {
            throw StripeError.invalid(
                    params.name("amount"), "You may only specify one of: amount, pricing, unit_amount_decimal.");
        }
        BigDecimal quantity = quantity(params);
        if (amount != null && quantity.compareTo(BigDecimal.ONE) != 0) {
            throw StripeError.invalid(params.name("quantity"), "quantity cannot be given with amount.");
        }
        ObjectNode price = priceId == null ? null : oneTime(world, params, priceParam, priceId);
        String currency = currency(params, price);
        long total;
        if (price != null) {
            total = Tariff.of(price).amount(quantity);
        } else if (unit != null) {
            total = unit.multiply(quantity).setScale(0, RoundingMode.HALF_UP).longValueExact();
        } else {
            total = amount == null ? 0 : amount;
        }
        Long start = params.number("period.start");
        Long end = params.number("period.end");
        if ((start == null) != (end == null)) {
            throw StripeError.missing(params.name(start == null ? "period.start" : "period.end"));
        }
        if (start != null && end != null && end < start) {
            throw StripeError.invalid(params.name("period.end"), "period[end] must not be before period[start].");
        }
        ObjectNode item = InvoiceItemDocument.create(
                world, customer, currency, total, quantity, start == null ? from : start, end == null ? to : end);
        if (price != null) {
            item.set("pricing", Lines.pricing(price));
            item.put("description", Lines.name(world, price));
        } else {
            BigDecimal each = unit == null ? BigDecimal.valueOf(total) : unit;
            Json.child(item, "pricing").put("unit_amount_decimal", Json.decimal(each));
        }
        if (params.has("description")) {
            item.put("description", params.text("description"));
        }
        if (params.has("discountable")) {
            item.put("discountable", params.isTrue("discountable"));
        }
        Metadata.merge(item, params);
        return item;
    }

    private static ObjectNode oneTime(World world, Params params, String priceParam, String id) {
        ObjectNode price = world.of("price").need(id, params.name(priceParam));
        if (!"one_time".equals(Json.text(price, "type"))) {
            throw StripeError.refused(
                    null,
                    params.name(priceParam),
                    "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.");
        }
        return price;
    }

    private static String currency(Params params, @Nullable ObjectNode price) {
        String given = params.text("currency");
        if (price == null) {
            return params.need("currency").toLowerCase(Locale.ROOT);
        }
        String own = Json.need(price, "currency");
        if (given != null && !given.equalsIgnoreCase(own)) {
            throw StripeError.refused(null, params.name("currency"), "The price has another currency: " + own);
        }
        return own;
    }

    private static BigDecimal quantity(Params params) {
        Long whole = params.number("quantity");
        BigDecimal decimal = params.decimal("quantity_decimal");
        if (whole != null && decimal != null) {
            throw StripeError.invalid(
                    params.name("quantity"), "You may only specify one of: quantity, quantity_decimal.");
        }
        BigDecimal quantity = whole == null ? (decimal == null ? BigDecimal.ONE : decimal) : BigDecimal.valueOf(whole);
        if (quantity.signum() < 0) {
            throw StripeError.invalid(params.name("quantity"), "Invalid non-negative number");
        }
        return quantity;
    }

    private static ObjectNode list(Call call) {
        Params params = call.params();
        Boolean pending = params.flag("pending");
        return Pages.page(
                call.of(KIND)
                        .newestFirst()
                        .filter(Pages.where("customer", params.text("customer")))
                        .filter(Pages.where("invoice", params.text("invoice")))
                        .filter(item -> pending == null
                                || pending == item.path("invoice").isNull()),
                params,
                "/v1/invoiceitems");
    }

    /** The draft an item stands on, or null while it waits. */
    private static @Nullable ObjectNode draft(Call call, ObjectNode item) {
        String id = Json.text(item, "invoice");
        return id == null ? null : Invoices.editable(call.of("invoice").need(id, "invoice"));
    }

    private static ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode stored = call.own(KIND);
        ObjectNode draft = draft(call, stored);
        ObjectNode item = stored.deepCopy();
        Long amount = params.number("amount");
        if (amount != null) {
            item.put("amount", amount).put("net_amount", amount);
        }
        if (params.has("description")) {
            item.put("description", params.text("description"));
        }
        if (params.has("discountable")) {
            item.put("discountable", params.isTrue("discountable"));
        }
        ObjectNode period = Json.child(item, "period");
        for (String end : List.of("start", "end")) {
            Long time = params.number("period." + end);
            if (time != null) {
                period.put(end, time);
            }
        }
        call.mergeMetadata(item);
        call.of(KIND).put(item);
        if (draft != null) {
            Invoices.removeLineOf(draft, call.id());
            Invoicing.attach(call.world(), draft, List.of(item));
        }
        return item;
    }

    private static ObjectNode delete(Call call) {
        ObjectNode item = call.own(KIND);
        ObjectNode draft = draft(call, item);
        if (draft != null) {
            Invoices.removeLineOf(draft, call.id());
            Invoicing.total(draft);
        }
        call.of(KIND).remove(call.id());
        call.world().emit("invoiceitem.deleted", item);
        return Json.object().put("id", call.id()).put("object", KIND).put("deleted", true);
    }
}
