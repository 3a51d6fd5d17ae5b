package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.rating.Tariff;
import dev.weir.simulators.stripe.usage.Meter;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Builds the lines of invoices. */
public final class Lines {
    private Lines() {}

    /** A licensed item for [from, to) at this amount (the whole one, or a part of it). */
    public static ObjectNode licensed(
            World world, ObjectNode subscription, ObjectNode item, long from, long to, long amount) {
        ObjectNode price = Json.child(item, "price");
        ObjectNode line = line(world, Json.need(price, "currency"), from, to);
        BigDecimal quantity = BigDecimal.valueOf(Json.number(item, "quantity"));
        setAmount(line, amount, quantity);
        price(line, price);
        line.put("description", Json.decimal(quantity) + " × " + name(world, price));
        subscriptionParent(line, subscription, item);
        return line;
    }

    /** A metered item's usage of [from, to), as far as it was received until {@code visibleUntil}. */
    public static ObjectNode metered(
            World world, ObjectNode subscription, ObjectNode item, long from, long to, long visibleUntil) {
        ObjectNode price = Json.child(item, "price");
        ObjectNode line = line(world, Json.need(price, "currency"), from, to);
        price(line, price);
        subscriptionParent(line, subscription, item);
        line.put("_customer", Json.need(subscription, "customer"));
        line.put("_meter", Json.need(Json.child(price, "recurring"), "meter"));
        line.set("_price", price.deepCopy());
        readUsage(world, line, visibleUntil);
        return line;
    }

    /** Reads the usage of a metered line again: what came late is billed until the invoice is finalized. */
    public static void readUsage(World world, ObjectNode line, long visibleUntil) {
        if (!line.has("_meter")) {
            return;
        }
        ObjectNode period = Json.child(line, "period");
        ObjectNode price = Json.child(line, "_price");
        BigDecimal quantity = usage(
                world,
                Json.need(line, "_meter"),
                Json.need(line, "_customer"),
                Json.number(period, "start"),
                Json.number(period, "end"),
                visibleUntil);
        setAmount(line, Tariff.of(price).amount(quantity), quantity);
        line.put("description", Json.decimal(quantity) + " × " + name(world, price));
    }

    /** The usage that is billed for a span: never below zero. */
    public static BigDecimal usage(
            World world, String meterId, String customer, long from, long to, long visibleUntil) {
        ObjectNode meter = world.of("billing.meter").find(meterId);
        if (meter == null) {
            throw new IllegalStateException("a price names a meter that is not there: " + meterId);
        }
        BigInteger value = world.usage().value(Meter.of(meter), customer, from, to, visibleUntil);
        return new BigDecimal(value.max(BigInteger.ZERO));
    }

    /** An invoice item's line. */
    public static ObjectNode ofInvoiceItem(World world, ObjectNode item) {
        ObjectNode period = Json.child(item, "period");
        ObjectNode line =
                line(world, Json.need(item, "currency"), Json.number(period, "start"), Json.number(period, "end"));
        setAmount(line, Json.number(item, "amount"), new BigDecimal(Json.need(item, "quantity_decimal")));
        line.put("description", Json.text(item, "description"));
        line.set("metadata", Json.child(item, "metadata").deepCopy());
        line.put("discountable", Json.flag(item, "discountable"));
        line.set("pricing", item.path("pricing").deepCopy());
        ObjectNode parent = line.putObject("parent");
        parent.put("type", "invoice_item_details");
        ObjectNode details = parent.putObject("invoice_item_details");
        details.put("invoice_item", Json.need(item, "id"));
        details.put("proration", Json.flag(item, "proration"));
        details.putObject("proration_details").putNull("credited_items");
        details.put("subscription", subscriptionOf(item));
        parent.putNull("subscription_item_details");
        return line;
    }

    /** The subscription an invoice item belongs to, or null. */
    public static @Nullable String subscriptionOf(ObjectNode invoiceItem) {
        return Json.text(invoiceItem.path("parent").path("subscription_details"), "subscription");
    }

    private static ObjectNode line(World world, String currency, long from, long to) {
        ObjectNode line = world.document("line_item", "il");
        line.put("amount", 0);
        line.put("currency", currency);
        line.putNull("description");
        line.putArray("discount_amounts");
        line.put("discountable", true);
        line.putArray("discounts");
        line.putNull("invoice");
        line.put("livemode", false);
        line.putObject("metadata");
        line.putNull("parent");
        line.putObject("period").put("end", to).put("start", from);
        line.putArray("pretax_credit_amounts");
        line.putNull("pricing");
        line.putNull("quantity").putNull("quantity_decimal");
        line.put("subtotal", 0);
        line.putArray("taxes");
        return line;
    }

    private static void setAmount(ObjectNode line, long amount, BigDecimal quantity) {
        line.put("amount", amount).put("subtotal", amount);
        line.put("quantity", quantity.setScale(0, RoundingMode.DOWN).longValueExact());
        line.put("quantity_decimal", Json.decimal(quantity));
    }

    private static void price(ObjectNode line, ObjectNode price) {
        line.set("pricing", pricing(price));
    }

    /** The {@code pricing} of a line or invoice item that is priced by this price. */
    public static ObjectNode pricing(ObjectNode price) {
        ObjectNode pricing = Json.object();
        pricing.putObject("price_details")
                .put("price", Json.need(price, "id"))
                .put("product", Json.need(price, "product"));
        pricing.put("type", "price_details");
        pricing.put("unit_amount_decimal", Json.text(price, "unit_amount_decimal"));
        return pricing;
    }

    private static void subscriptionParent(ObjectNode line, ObjectNode subscription, ObjectNode item) {
        ObjectNode parent = line.putObject("parent");
        parent.putNull("invoice_item_details");
        ObjectNode details = parent.putObject("subscription_item_details");
        details.putNull("invoice_item");
        details.put("proration", false);
        details.putObject("proration_details").putNull("credited_items");
        details.put("subscription", Json.need(subscription, "id"));
        details.put("subscription_item", Json.need(item, "id"));
        parent.put("type", "subscription_item_details");
        line.set("metadata", Json.child(subscription, "metadata").deepCopy());
    }

    /** The product's name, for a person to read. */
    public static String name(World world, ObjectNode price) {
        ObjectNode product = world.of("product").find(Json.need(price, "product"));
        String name = product == null ? null : Json.text(product, "name");
        return name == null ? Json.need(price, "product") : name;
    }
}
