package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Builds invoice items: amounts that wait for the next invoice. */
public final class InvoiceItemDocument {
    private InvoiceItemDocument() {}

    /** A pending invoice item, not stored yet. Amount in minor units, may be negative. */
    public static ObjectNode create(
            World world, String customer, String currency, long amount, BigDecimal quantity, long from, long to) {
        ObjectNode item = world.document("invoiceitem", "ii");
        item.put("amount", amount);
        item.put("currency", currency);
        item.put("customer", customer);
        item.put("date", world.now());
        item.putNull("description");
        item.put("discountable", true);
        item.putArray("discounts");
        item.putNull("invoice");
        item.put("livemode", false);
        item.putObject("metadata");
        item.put("net_amount", amount);
        item.putNull("parent");
        item.putObject("period").put("end", to).put("start", from);
        ObjectNode pricing = item.putObject("pricing");
        pricing.putNull("price_details");
        pricing.put("type", "price_details");
        pricing.putNull("unit_amount_decimal");
        item.put("proration", false);
        quantity(item, quantity);
        item.putArray("tax_rates");
        item.putNull("test_clock");
        return item;
    }

    /** Sets the quantity, also as the whole number that Stripe still shows. */
    public static void quantity(ObjectNode item, BigDecimal quantity) {
        item.put("quantity", quantity.setScale(0, RoundingMode.DOWN).longValueExact());
        item.put("quantity_decimal", Json.decimal(quantity));
    }

    /** Sets the subscription (and its item) that the invoice item belongs to. */
    public static void parent(ObjectNode item, String subscription, @Nullable String subscriptionItem) {
        ObjectNode parent = item.putObject("parent");
        ObjectNode details = parent.putObject("subscription_details").put("subscription", subscription);
        if (subscriptionItem != null) {
            details.put("subscription_item", subscriptionItem);
        }
        parent.put("type", "subscription_details");
    }
}
