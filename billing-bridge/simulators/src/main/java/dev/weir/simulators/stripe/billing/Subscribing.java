package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes subscriptions through their periods: first invoice, cycles, trial end, cancellation. */
public final class Subscribing {
    private static final String KIND = "subscription";

    private Subscribing() {}

    /**
     * Stores a new subscription and bills what is due in advance.
     *
     * @param prorate whether a first period that is not whole is billed for its part (else not at all)
     * @param extra pending items that go on the first invoice
     */
    public static void start(World world, ObjectNode subscription, boolean prorate, List<ObjectNode> extra) {
        world.of(KIND).put(subscription);
        schedule(world, subscription);
        List<ObjectNode> lines = new ArrayList<>();
        if (!"trialing".equals(Json.text(subscription, "status"))) {
            for (ObjectNode item : Items.of(subscription)) {
                if (!Items.isMetered(item)) {
                    ObjectNode line = firstLine(world, subscription, item, prorate);
                    if (line != null) {
                        lines.add(line);
                    }
                }
            }
        }
        List<ObjectNode> pending = new ArrayList<>(Invoicing.pendingItems(
                world,
                Json.need(subscription, "customer"),
                Json.need(subscription, "id"),
                Json.need(subscription, "currency")));
        pending.removeIf(item -> extra.stream().noneMatch(own -> own == item) && lines.isEmpty());
        world.emit("customer.subscription.created", subscription);
        if (!lines.isEmpty() || !pending.isEmpty()) {
            Invoicing.Occasion occasion = new Invoicing.Occasion("subscription_create", world.now(), world.now());
            ObjectNode invoice = invoice(world, subscription, occasion, lines, pending);
            if ("charge_automatically".equals(Json.text(subscription, "collection_method"))) {
                Invoicing.finish(world, invoice);
            }
        }
    }

    private static @Nullable ObjectNode firstLine(
            World world, ObjectNode subscription, ObjectNode item, boolean prorate) {
        long start = Json.number(subscription, "start_date");
        long from = Math.min(start, Items.periodStart(item));
        long end = Items.periodEnd(item);
        long whole = Items.wholePeriodSeconds(subscription, item);
        if (end - from == whole) {
            return Lines.licensed(world, subscription, item, from, end, Items.wholeAmount(item));
        }
        if (!prorate) {
            return null;
        }
        return Lines.licensed(
                world, subscription, item, from, end, Items.part(Items.wholeAmount(item), end - from, whole));
    }

    /** Called when the agenda says that a period, a trial or the subscription may end. */
    public static void due(World world, String id) {
        ObjectNode subscription = world.of(KIND).find(id);
        if (subscription == null || isOver(subscription)) {
            return;
        }
        long now = world.now();
        if (!subscription.path("cancel_at").isNull() && Json.number(subscription, "cancel_at") <= now) {
            end(world, subscription, true, "subscription_cycle");
            return;
        }
        List<ObjectNode> due = Items.of(subscription).stream()
                .filter(item -> Items.periodEnd(item) <= now)
                .toList();
        if (!due.isEmpty()) {
            cycle(world, subscription, due);
        }
    }

    private static void cycle(World world, ObjectNode subscription, List<ObjectNode> due) {
        long now = world.now();
        boolean trial = "trialing".equals(Json.text(subscription, "status"));
        long anchor = Json.number(subscription, "billing_cycle_anchor");
        long periodStart = now;
        List<ObjectNode> lines = new ArrayList<>();
        for (ObjectNode item : due) {
            periodStart = Math.min(periodStart, Items.periodStart(item));
            if (Items.isMetered(item)) {
                if (!trial) {
                    lines.add(Lines.metered(world, subscription, item, Items.usageFrom(item), now, Usage.ALL));
                }
                item.put("_usage_from", now);
            }
            item.put("current_period_start", now);
            item.put(
                    "current_period_end", Interval.of(Json.child(item, "price")).next(anchor, now));
            if (!Items.isMetered(item)) {
                lines.add(
                        Lines.licensed(world, subscription, item, now, Items.periodEnd(item), Items.wholeAmount(item)));
            }
        }
        if (trial) {
            subscription.put("status", "active");
        }
        schedule(world, subscription);
        List<ObjectNode> pending = Invoicing.pendingItems(
                world,
                Json.need(subscription, "customer"),
                Json.need(subscription, "id"),
                Json.need(subscription, "currency"));
        if (!lines.isEmpty() || !pending.isEmpty()) {
            invoice(
                    world,
                    subscription,
                    new Invoicing.Occasion("subscription_cycle", periodStart, now),
                    lines,
                    pending);
        }
        world.emit("customer.subscription.updated", subscription);
    }

    /**
     * Ends a subscription now.
     *
     * @param bill whether usage that is not billed yet, and pending items, get a last invoice
     */
    public static void end(World world, ObjectNode subscription, boolean bill, String reason) {
        long now = world.now();
        boolean trial = "trialing".equals(Json.text(subscription, "status"));
        List<ObjectNode> lines = new ArrayList<>();
        long periodStart = now;
        for (ObjectNode item : Items.of(subscription)) {
            periodStart = Math.min(periodStart, Items.periodStart(item));
            if (Items.isMetered(item) && !trial && Items.usageFrom(item) < now) {
                lines.add(Lines.metered(world, subscription, item, Items.usageFrom(item), now, Usage.ALL));
            }
        }
        subscription.put("status", "canceled");
        subscription.put("ended_at", now);
        if (subscription.path("canceled_at").isNull()) {
            subscription.put("canceled_at", now);
        }
        List<ObjectNode> pending = Invoicing.pendingItems(
                world,
                Json.need(subscription, "customer"),
                Json.need(subscription, "id"),
                Json.need(subscription, "currency"));
        if (bill && (!lines.isEmpty() || !pending.isEmpty())) {
            invoice(world, subscription, new Invoicing.Occasion(reason, periodStart, now), lines, pending);
        }
        world.emit("customer.subscription.deleted", subscription);
    }

    /** Whether the subscription has ended for good. */
    public static boolean isOver(ObjectNode subscription) {
        return Objects.equals(Json.text(subscription, "status"), "canceled")
                || Objects.equals(Json.text(subscription, "status"), "incomplete_expired");
    }

    /** Enters the ends of the current periods, and the end of all, in the agenda. */
    public static void schedule(World world, ObjectNode subscription) {
        TreeSet<Long> times = new TreeSet<>();
        Items.of(subscription).forEach(item -> times.add(Items.periodEnd(item)));
        if (!subscription.path("cancel_at").isNull()) {
            times.add(Json.number(subscription, "cancel_at"));
        }
        times.forEach(at -> world.agenda().add(at, KIND, Json.need(subscription, "id")));
    }

    /** A draft invoice of a subscription, stored. */
    public static ObjectNode invoice(
            World world,
            ObjectNode subscription,
            Invoicing.Occasion occasion,
            List<ObjectNode> lines,
            List<ObjectNode> pending) {
        ObjectNode customer = world.of("customer").need(Json.need(subscription, "customer"), "customer");
        ObjectNode invoice =
                Invoicing.document(world, customer, subscription, Json.need(subscription, "currency"), occasion, lines);
        Invoicing.attach(world, invoice, pending);
        Invoicing.open(world, invoice);
        subscription.put("latest_invoice", Json.need(invoice, "id"));
        return invoice;
    }
}
