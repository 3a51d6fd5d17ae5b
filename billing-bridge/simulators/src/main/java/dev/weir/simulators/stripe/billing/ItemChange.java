package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change to the items of a running subscription. It was checked before, so that applying it cannot fail half-way. */
public sealed interface ItemChange {

    /** A new item at this price. */
    record Add(ObjectNode price, @Nullable Long quantity, ObjectNode metadata) implements ItemChange {}

    /** Another price or quantity for an item; null leaves what is. */
    record Alter(
            String item,
            @Nullable ObjectNode price,
            @Nullable Long quantity,
            ObjectNode metadata) implements ItemChange {}

    /** The item goes. */
    record Remove(String item) implements ItemChange {}

    /**
     * Applies changes to a subscription document.
     *
     * @param prorate whether the unused and the newly used rest of the period, and usage of a metered price that goes, are
     *     billed
     * @return the invoice items that come of it, not stored yet
     */
    static List<ObjectNode> apply(World world, ObjectNode subscription, List<ItemChange> changes, boolean prorate) {
        boolean trial = "trialing".equals(Json.text(subscription, "status"));
        Charges charges = new Charges(world, subscription, prorate && !trial);
        for (ItemChange change : changes) {
            switch (change) {
                case Add add -> add(world, subscription, add, charges);
                case Alter alter -> alter(world, find(subscription, alter.item()), alter, charges);
                case Remove remove -> remove(subscription, find(subscription, remove.item()), charges);
            }
        }
        return charges.made();
    }

    private static void add(World world, ObjectNode subscription, Add add, Charges charges) {
        long anchor = Json.number(subscription, "billing_cycle_anchor");
        long end = Interval.of(add.price()).next(anchor, world.now());
        ObjectNode item = Items.create(world, subscription, add.price(), add.quantity(), world.now(), end);
        item.set("metadata", add.metadata());
        Items.array(subscription).add(item);
        charges.rest(item, 1);
    }

    private static void alter(World world, ObjectNode item, Alter alter, Charges charges) {
        ObjectNode price = alter.price();
        boolean samePrice = price == null || Json.need(price, "id").equals(Json.need(Json.child(item, "price"), "id"));
        boolean sameQuantity = alter.quantity() == null || alter.quantity() == Json.number(item, "quantity");
        item.withObject("/metadata").setAll(alter.metadata());
        if (samePrice && (sameQuantity || Items.isMetered(item))) {
            return;
        }
        charges.leave(item);
        if (price != null && !samePrice) {
            item.set("price", price.deepCopy());
        }
        if (Items.isMetered(item)) {
            item.put("_usage_from", world.now());
            item.remove("quantity");
            return;
        }
        item.remove("_usage_from");
        if (alter.quantity() != null || !item.has("quantity")) {
            item.put("quantity", alter.quantity() == null ? 1 : alter.quantity());
        }
        charges.rest(item, 1);
    }

    private static void remove(ObjectNode subscription, ObjectNode item, Charges charges) {
        charges.leave(item);
        int index = 0;
        for (JsonNode candidate : Items.array(subscription)) {
            if (candidate == item) {
                break;
            }
            index++;
        }
        Items.array(subscription).remove(index);
    }

    private static ObjectNode find(ObjectNode subscription, String id) {
        for (ObjectNode item : Items.of(subscription)) {
            if (id.equals(Json.text(item, "id"))) {
                return item;
            }
        }
        throw new IllegalStateException("a checked change names an item that is not there: " + id);
    }
}
