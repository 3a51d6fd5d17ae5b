package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.rating.Tariff;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Collects what changes to a running subscription cost, as invoice items that are not stored yet. */
public final class Charges {
    private final World world;
    private final ObjectNode subscription;
    private final boolean active;
    private final List<ObjectNode> made = new ArrayList<>();

    /** @param active false lets everything cost nothing */
    public Charges(World world, ObjectNode subscription, boolean active) {
        this.world = world;
        this.subscription = subscription;
        this.active = active;
    }

    /** What came of it so far. */
    public List<ObjectNode> made() {
        return made;
    }

    /** What an item that goes (or changes) leaves: credit for the unused rest, or usage not billed yet. */
    void leave(ObjectNode item) {
        if (Items.isMetered(item)) {
            usage(item);
        } else {
            rest(item, -1);
        }
    }

    /** The rest of the period of a licensed item, as a debit (1) or a credit (-1). */
    public void rest(ObjectNode item, int sign) {
        if (!active || Items.isMetered(item)) {
            return;
        }
        long end = Items.periodEnd(item);
        long whole = Items.wholePeriodSeconds(subscription, item);
        long amount = sign * Items.part(Items.wholeAmount(item), end - world.now(), whole);
        BigDecimal quantity = BigDecimal.valueOf(Json.number(item, "quantity"));
        ObjectNode made = charge(item, amount, quantity, world.now(), end);
        made.put("proration", true);
        made.put(
                "description",
                (sign < 0 ? "Unused time on " : "Remaining time on ") + Lines.name(world, Json.child(item, "price")));
    }

    private void usage(ObjectNode item) {
        boolean flexible = "flexible".equals(Json.text(subscription.path("billing_mode"), "type"));
        long from = Items.usageFrom(item);
        if (!active || !flexible || from >= world.now()) {
            return;
        }
        ObjectNode price = Json.child(item, "price");
        BigDecimal quantity = Lines.usage(
                world,
                Json.need(Json.child(price, "recurring"), "meter"),
                Json.need(subscription, "customer"),
                from,
                world.now(),
                Usage.ALL);
        ObjectNode made = charge(item, Tariff.of(price).amount(quantity), quantity, from, world.now());
        made.put("description", Json.decimal(quantity) + " × " + Lines.name(world, price));
    }

    private ObjectNode charge(ObjectNode item, long amount, BigDecimal quantity, long from, long to) {
        ObjectNode price = Json.child(item, "price");
        ObjectNode charge = InvoiceItemDocument.create(
                world,
                Json.need(subscription, "customer"),
                Json.need(subscription, "currency"),
                amount,
                quantity,
                from,
                to);
        charge.set("pricing", Lines.pricing(price));
        InvoiceItemDocument.parent(charge, Json.need(subscription, "id"), Json.need(item, "id"));
        made.add(charge);
        return charge;
    }
}
