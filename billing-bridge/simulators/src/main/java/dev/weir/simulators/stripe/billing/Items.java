package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.rating.Tariff;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the items of a subscription's document. A metered item also has {@code _usage_from}: billed from there on. */
public final class Items {
    private Items() {}

    /** The items, in order. */
    public static List<ObjectNode> of(ObjectNode subscription) {
        return Json.data(Json.child(subscription, "items"));
    }

    /** The array behind the items, to add to and take from. */
    public static ArrayNode array(ObjectNode subscription) {
        return (ArrayNode) Json.child(subscription, "items").path("data");
    }

    /** Whether usage, not a quantity, is billed. */
    public static boolean isMetered(ObjectNode item) {
        return isMeteredPrice(Json.child(item, "price"));
    }

    /** Whether the price bills usage. */
    public static boolean isMeteredPrice(ObjectNode price) {
        return "metered".equals(Json.text(price.path("recurring"), "usage_type"));
    }

    /** End of the item's current period, epoch seconds. */
    public static long periodEnd(ObjectNode item) {
        return Json.number(item, "current_period_end");
    }

    /** Start of the item's current period, epoch seconds. */
    public static long periodStart(ObjectNode item) {
        return Json.number(item, "current_period_start");
    }

    /** From when on the item's usage is not billed yet. */
    public static long usageFrom(ObjectNode item) {
        return Json.number(item, "_usage_from");
    }

    /** The amount of a licensed item for one whole period, minor units. */
    public static long wholeAmount(ObjectNode item) {
        return Tariff.of(Json.child(item, "price")).amount(BigDecimal.valueOf(Json.number(item, "quantity")));
    }

    /** A part of an amount by seconds, half up. */
    public static long part(long amount, long seconds, long ofSeconds) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(seconds))
                .divide(BigDecimal.valueOf(ofSeconds), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Length in seconds of the whole period that ends with the item's current one. */
    public static long wholePeriodSeconds(ObjectNode subscription, ObjectNode item) {
        Interval interval = Interval.of(Json.child(item, "price"));
        long anchor = Json.number(subscription, "billing_cycle_anchor");
        return periodEnd(item) - interval.previous(anchor, periodEnd(item) - 1);
    }

    /** A new item; its period starts now and ends at the next boundary of the anchor. */
    public static ObjectNode create(
            World world, ObjectNode subscription, ObjectNode price, @Nullable Long quantity, long from, long end) {
        ObjectNode item = world.document("subscription_item", "si");
        item.putNull("billing_thresholds");
        item.put("created", world.now());
        item.put("current_period_end", end);
        item.put("current_period_start", from);
        item.putArray("discounts");
        item.putObject("metadata");
        item.set("price", price.deepCopy());
        if (isMeteredPrice(price)) {
            item.put("_usage_from", from);
        } else {
            item.put("quantity", quantity == null ? 1 : quantity);
        }
        item.put("subscription", Json.need(subscription, "id"));
        item.putArray("tax_rates");
        return item;
    }
}
