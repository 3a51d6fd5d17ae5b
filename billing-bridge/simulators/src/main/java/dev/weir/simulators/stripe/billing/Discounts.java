package dev.weir.simulators.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Discounts of subscriptions, and what they take off invoices: of each line that the coupon applies to, a percentage, rounded half
 * up; or an amount, off the lines in turn. Nothing is taken off below zero.
 */
public final class Discounts {
    private static final String KIND = "discount";

    private Discounts() {}

    /** Gives a subscription the discounts that a call asks for, in place of those it has; the same coupon keeps its discount. */
    public static void set(World world, ObjectNode subscription, List<Params> wanted) {
        List<ObjectNode> known = of(world, subscription);
        ArrayNode ids = subscription.putArray("discounts");
        for (Params one : wanted) {
            String coupon = one.need("coupon");
            ObjectNode found = known.stream()
                    .filter(discount -> coupon.equals(Json.text(discount.path("source"), "coupon")))
                    .findFirst()
                    .orElseGet(() -> create(world, subscription, coupon));
            ids.add(Json.need(found, "id"));
        }
    }

    private static ObjectNode create(World world, ObjectNode subscription, String couponId) {
        ObjectNode coupon = world.of("coupon").need(couponId, "discounts[0][coupon]");
        String currency = Json.text(coupon, "currency");
        if (currency != null && !currency.equals(Json.need(subscription, "currency"))) {
            throw StripeError.invalid(
                    "discounts", "The coupon's currency is not the subscription's, so it cannot be redeemed.");
        }
        ObjectNode discount = world.document(KIND, "di");
        discount.putNull("checkout_session");
        discount.put("customer", Json.need(subscription, "customer"));
        discount.putNull("end")
                .putNull("invoice")
                .putNull("invoice_item")
                .putNull("promotion_code")
                .putNull("subscription_item");
        discount.putObject("source").put("coupon", couponId).put("type", "coupon");
        discount.put("start", world.now());
        discount.put("subscription", Json.need(subscription, "id"));
        if ("repeating".equals(Json.text(coupon, "duration"))) {
            discount.put(
                    "end",
                    Instant.ofEpochSecond(world.now())
                            .atZone(ZoneOffset.UTC)
                            .plusMonths(Json.number(coupon, "duration_in_months"))
                            .toEpochSecond());
        }
        coupon.put("times_redeemed", Json.number(coupon, "times_redeemed") + 1);
        world.of(KIND).put(discount);
        return discount;
    }

    /** Lets a draft of the subscription bear the discounts that hold now; the totals are not touched. */
    static void bear(World world, ObjectNode invoice, @Nullable ObjectNode subscription) {
        ArrayNode ids = invoice.putArray("discounts");
        ArrayNode terms = invoice.putArray("_discounts");
        if (subscription == null) {
            return;
        }
        for (ObjectNode discount : of(world, subscription)) {
            if (discount.path("end").isNull() || Json.number(discount, "end") > world.now()) {
                ids.add(Json.need(discount, "id"));
                ObjectNode coupon = world.of("coupon").find(Json.need(Json.child(discount, "source"), "coupon"));
                if (coupon != null) {
                    terms.add(coupon.deepCopy().put("_discount", Json.need(discount, "id")));
                }
            }
        }
    }

    /** A discount for one invoice is used up by the first one that is written. */
    static void used(World world, ObjectNode invoice) {
        for (JsonNode coupon : invoice.path("_discounts")) {
            if ("once".equals(Json.text(coupon, "duration"))) {
                ObjectNode discount = world.of(KIND).find(Json.need((ObjectNode) coupon, "_discount"));
                ObjectNode subscription =
                        discount == null ? null : world.of("subscription").find(Json.need(discount, "subscription"));
                if (discount != null && subscription != null) {
                    discount.put("end", world.now());
                    ArrayNode left = subscription.arrayNode();
                    subscription.path("discounts").forEach(id -> {
                        if (!id.asText().equals(Json.need(discount, "id"))) {
                            left.add(id.asText());
                        }
                    });
                    subscription.set("discounts", left);
                }
            }
        }
    }

    /** Takes the discounts of a draft off its lines; answers how much in all. */
    static long apply(ObjectNode invoice) {
        List<ObjectNode> lines = Json.data(Json.child(invoice, "lines"));
        lines.forEach(line -> line.putArray("discount_amounts"));
        ArrayNode totals = invoice.putArray("total_discount_amounts");
        long all = 0;
        for (JsonNode node : invoice.path("_discounts")) {
            ObjectNode coupon = (ObjectNode) node;
            String id = Json.need(coupon, "_discount");
            long left = coupon.path("amount_off").isNull() ? 0 : Json.number(coupon, "amount_off");
            long sum = 0;
            for (ObjectNode line : lines) {
                if (!covers(coupon, line)) {
                    continue;
                }
                long amount = Json.number(line, "amount") - taken(line);
                long off = coupon.path("percent_off").isNull()
                        ? Math.max(0, Math.min(left, amount))
                        : percent(amount, coupon.path("percent_off").decimalValue());
                left -= off;
                sum += off;
                ((ArrayNode) line.path("discount_amounts"))
                        .addObject()
                        .put("amount", off)
                        .put("discount", id);
            }
            totals.addObject().put("amount", sum).put("discount", id);
            all += sum;
        }
        return all;
    }

    private static List<ObjectNode> of(World world, ObjectNode subscription) {
        List<ObjectNode> discounts = new ArrayList<>();
        subscription.path("discounts").forEach(id -> {
            ObjectNode discount = world.of(KIND).find(id.asText());
            if (discount != null) {
                discounts.add(discount);
            }
        });
        return discounts;
    }

    private static boolean covers(ObjectNode coupon, ObjectNode line) {
        JsonNode products = coupon.path("applies_to").path("products");
        if (products.isMissingNode() || products.isEmpty()) {
            return true;
        }
        String product = Json.text(line.path("pricing").path("price_details"), "product");
        for (JsonNode one : products) {
            if (one.asText().equals(product)) {
                return true;
            }
        }
        return false;
    }

    private static long taken(ObjectNode line) {
        long taken = 0;
        for (JsonNode one : line.path("discount_amounts")) {
            taken += one.path("amount").asLong();
        }
        return taken;
    }

    private static long percent(long amount, BigDecimal percent) {
        return BigDecimal.valueOf(amount)
                .multiply(percent)
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
