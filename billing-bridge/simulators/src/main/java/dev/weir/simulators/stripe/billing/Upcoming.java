package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;

/** What the next invoice of a subscription would say if it were made now. Stores nothing. */
public final class Upcoming {
    private Upcoming() {}

    /**
     * The next invoice.
     *
     * @param subscription a stored subscription, or a copy with changes
     * @param pending invoice items that would be on it
     */
    public static ObjectNode of(World world, ObjectNode subscription, List<ObjectNode> pending) {
        ObjectNode customer = world.of("customer").need(Json.need(subscription, "customer"), "customer");
        long end = Items.of(subscription).stream()
                .mapToLong(Items::periodEnd)
                .min()
                .orElseThrow();
        boolean trial = "trialing".equals(Json.text(subscription, "status"));
        boolean ends = !subscription.path("cancel_at").isNull();
        long cancelAt = Json.number(subscription, "cancel_at");
        long at = ends ? Math.min(end, cancelAt) : end;
        long anchor = Json.number(subscription, "billing_cycle_anchor");
        long start = at;
        List<ObjectNode> lines = new ArrayList<>();
        for (ObjectNode item : Items.of(subscription)) {
            boolean last = ends && cancelAt <= at;
            if (Items.periodEnd(item) > at && !last) {
                continue;
            }
            start = Math.min(start, Items.periodStart(item));
            if (Items.isMetered(item)) {
                if (!trial) {
                    lines.add(
                            Lines.metered(world, subscription, item, Items.usageFrom(item), at, world.visibleUntil()));
                }
            } else if (!last) {
                long next = Interval.of(Json.child(item, "price")).next(anchor, at);
                lines.add(Lines.licensed(world, subscription, item, at, next, Items.wholeAmount(item)));
            }
        }
        pending.forEach(item -> lines.add(Lines.ofInvoiceItem(world, item)));
        Invoicing.Occasion occasion = new Invoicing.Occasion("upcoming", start, at);
        ObjectNode invoice =
                Invoicing.document(world, customer, subscription, Json.need(subscription, "currency"), occasion, lines);
        invoice.put("id", "upcoming_" + Json.need(invoice, "id"));
        invoice.put("created", at);
        invoice.put("next_payment_attempt", at + world.graceSeconds());
        return invoice;
    }
}
