package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Interval;
import dev.weir.simulators.stripe.billing.ItemChange;
import dev.weir.simulators.stripe.billing.Items;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and checks the items in the parameters of subscriptions. */
final class ItemParams {
    static final int ITEMS_MAX = 20;

    private ItemParams() {}

    /** A price that an item can have: there, active, recurring. */
    static ObjectNode price(World world, Params item, String path) {
        String id = item.need(path);
        ObjectNode price = world.of("price").need(id, item.name(path));
        if (!Json.flag(price, "active")) {
            throw StripeError.refused("price_inactive", item.name(path), "The price specified is inactive: " + id);
        }
        if (!"recurring".equals(Json.text(price, "type"))) {
            throw StripeError.refused(
                    null,
                    item.name(path),
                    "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.");
        }
        return price;
    }

    /** The quantity of a licensed item; a metered one has none. */
    static @Nullable Long quantity(Params item, ObjectNode price) {
        Long quantity = item.number("quantity");
        if (quantity == null) {
            return null;
        }
        if (Items.isMeteredPrice(price)) {
            throw StripeError.refused(
                    null, item.name("quantity"), "Quantity should not be specified where usage_type is `metered`.");
        }
        if (quantity < 0) {
            throw StripeError.invalid(item.name("quantity"), "Invalid non-negative integer");
        }
        return quantity;
    }

    /** The changes that the {@code items} parameter asks of a subscription, checked. */
    static List<ItemChange> changes(World world, ObjectNode subscription, List<Params> items) {
        List<ItemChange> changes = new ArrayList<>();
        int count = Items.of(subscription).size();
        for (Params item : items) {
            ItemChange change = change(world, subscription, item);
            changes.add(change);
            count += switch (change) {
                case ItemChange.Add ignored -> 1;
                case ItemChange.Alter ignored -> 0;
                case ItemChange.Remove ignored -> -1;
            };
        }
        if (count > ITEMS_MAX) {
            throw StripeError.refused(null, "items", "A subscription has up to " + ITEMS_MAX + " items.");
        }
        if (count == 0) {
            throw StripeError.refused(null, "items", "A subscription must have at least one item.");
        }
        return changes;
    }

    private static ItemChange change(World world, ObjectNode subscription, Params params) {
        String id = params.text("id");
        if (id == null) {
            ObjectNode price = price(world, params, "price");
            sameCurrency(subscription, price, params);
            boolean twice = Items.of(subscription).stream()
                    .anyMatch(
                            item -> Objects.equals(Json.text(Json.child(item, "price"), "id"), Json.text(price, "id")));
            if (twice) {
                throw StripeError.refused(
                        null, params.name("price"), "A subscription item with this price already exists.");
            }
            return new ItemChange.Add(price, quantity(params, price), params.map("metadata"));
        }
        ObjectNode item = find(subscription, id, params);
        if (params.isTrue("deleted")) {
            return new ItemChange.Remove(id);
        }
        return alter(world, subscription, item, params);
    }

    /** Another price, quantity or metadata for an item, checked. */
    static ItemChange alter(World world, ObjectNode subscription, ObjectNode item, Params params) {
        ObjectNode before = Json.child(item, "price");
        ObjectNode price = params.has("price") ? price(world, params, "price") : null;
        if (price != null) {
            sameCurrency(subscription, price, params);
            if (!Interval.of(price).equals(Interval.of(before))) {
                throw StripeError.refused(
                        null, params.name("price"), "The simulator does not change the interval of an item.");
            }
        }
        Long quantity = quantity(params, price == null ? before : price);
        return new ItemChange.Alter(Json.need(item, "id"), price, quantity, params.map("metadata"));
    }

    private static ObjectNode find(ObjectNode subscription, String id, Params params) {
        return Items.of(subscription).stream()
                .filter(item -> id.equals(Json.text(item, "id")))
                .findFirst()
                .orElseThrow(() -> StripeError.noSuch("subscription_item", id, params.name("id")));
    }

    private static void sameCurrency(ObjectNode subscription, ObjectNode price, Params params) {
        if (!Json.need(price, "currency").equals(Json.need(subscription, "currency"))) {
            throw StripeError.refused(
                    null, params.name("price"), "All prices of a subscription must have the same currency.");
        }
    }
}
