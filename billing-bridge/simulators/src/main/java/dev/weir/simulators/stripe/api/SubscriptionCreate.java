package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.billing.Discounts;
import dev.weir.simulators.stripe.billing.Interval;
import dev.weir.simulators.stripe.billing.Items;
import dev.weir.simulators.stripe.billing.Subscribing;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/subscriptions}. */
final class SubscriptionCreate {
    static final Rules RULES = Rules.of(
            "customer",
            "currency",
            "items.#.price",
            "items.#.quantity",
            "items.#.metadata.*",
            "add_invoice_items.#.price",
            "add_invoice_items.#.quantity",
            "backdate_start_date",
            "billing_cycle_anchor",
            "billing_cycle_anchor_config.day_of_month",
            "billing_cycle_anchor_config.month",
            "billing_cycle_anchor_config.hour",
            "billing_cycle_anchor_config.minute",
            "billing_cycle_anchor_config.second",
            "billing_mode.type",
            "billing_mode.flexible.proration_discounts",
            "cancel_at",
            "cancel_at_period_end",
            "collection_method",
            "days_until_due",
            "description",
            "discounts.#.coupon",
            "metadata.*",
            "payment_behavior",
            "proration_behavior",
            "trial_end",
            "trial_period_days",
            "trial_settings.end_behavior.missing_payment_method",
            "off_session");

    private static final long DAY_SECONDS = 86_400;

    private SubscriptionCreate() {}

    /** When the subscription began, when a trial ends (or null), what its periods are counted from. */
    private record Times(long start, @Nullable Long trialEnd, long anchor) {}

    /** An item as asked for. */
    private record Wanted(ObjectNode price, @Nullable Long quantity, ObjectNode metadata) {}

    static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode customer = call.of("customer").need(params.need("customer"), "customer");
        List<Wanted> wanted = wanted(call);
        ObjectNode subscription = document(call, customer, wanted.getFirst().price());
        Times times = times(call, wanted);
        subscription.put("start_date", times.start());
        subscription.put("billing_cycle_anchor", times.anchor());
        boolean trial = times.trialEnd() != null;
        subscription.put("status", trial ? "trialing" : "active");
        Json.setNumber(subscription, "trial_start", trial ? call.now() : null);
        Json.setNumber(subscription, "trial_end", times.trialEnd());
        call.mergeMetadata(subscription);
        Subscriptions.collection(params, subscription);
        List<ObjectNode> items = new ArrayList<>();
        for (Wanted want : wanted) {
            items.add(item(call, subscription, want, times));
        }
        subscription.set(
                "items", Json.list("/v1/subscription_items?subscription=" + Json.need(subscription, "id"), items));
        Json.child(subscription, "items").put("total_count", items.size());
        cancelAt(params, call, subscription);
        Discounts.set(call.world(), subscription, params.list("discounts"));
        String behavior = params.choice("proration_behavior", "create_prorations", Subscriptions.PRORATION);
        List<ObjectNode> extra = extra(call, subscription);
        extra.forEach(item -> call.of("invoiceitem").put(item));
        Subscribing.start(call.world(), subscription, !"none".equals(behavior), extra);
        return subscription;
    }

    private static List<Wanted> wanted(Call call) {
        List<Params> items = call.params().list("items");
        if (items.isEmpty()) {
            throw StripeError.missing("items");
        }
        if (items.size() > ItemParams.ITEMS_MAX) {
            throw StripeError.refused(null, "items", "A subscription has up to " + ItemParams.ITEMS_MAX + " items.");
        }
        List<Wanted> wanted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String currency = call.params().text("currency");
        for (Params item : items) {
            ObjectNode price = ItemParams.price(call.world(), item, "price");
            if (!seen.add(Json.need(price, "id"))) {
                throw StripeError.refused(null, item.name("price"), "A price can stand in one item only.");
            }
            currency = currency == null ? Json.need(price, "currency") : currency;
            if (!currency.equals(Json.need(price, "currency"))) {
                throw StripeError.refused(
                        null, item.name("price"), "All prices of a subscription must have the same currency.");
            }
            wanted.add(new Wanted(price, ItemParams.quantity(item, price), item.map("metadata")));
        }
        return wanted;
    }

    private static Times times(Call call, List<Wanted> wanted) {
        Params params = call.params();
        long now = call.now();
        Long trialEnd = trialEnd(params, now);
        Long backdate = params.number("backdate_start_date");
        if (backdate != null && backdate > now) {
            throw StripeError.invalid("backdate_start_date", "backdate_start_date must be in the past.");
        }
        long start = backdate == null ? now : backdate;
        Long anchor = params.number("billing_cycle_anchor");
        Long byConfig = anchorOfConfig(params, now);
        if (anchor != null && byConfig != null) {
            throw StripeError.invalid(
                    "billing_cycle_anchor",
                    "You may only specify one of: billing_cycle_anchor, billing_cycle_anchor_config.");
        }
        Long given = anchor == null ? byConfig : anchor;
        if (given == null) {
            return new Times(start, trialEnd, trialEnd == null ? start : trialEnd);
        }
        if (given < now) {
            throw StripeError.invalid("billing_cycle_anchor", "billing_cycle_anchor must be in the future.");
        }
        long natural = wanted.stream()
                .mapToLong(want -> Interval.of(want.price()).boundary(trialEnd == null ? now : trialEnd, 1))
                .min()
                .orElseThrow();
        if (given > natural) {
            throw StripeError.invalid(
                    "billing_cycle_anchor", "billing_cycle_anchor cannot be later than the next natural billing date.");
        }
        return new Times(start, trialEnd, given);
    }

    private static @Nullable Long trialEnd(Params params, long now) {
        Long days = params.number("trial_period_days");
        String given = params.text("trial_end");
        if ("now".equals(given)) {
            return null;
        }
        Long end = params.number("trial_end");
        if (end == null && days != null && days > 0) {
            end = now + days * DAY_SECONDS;
        }
        if (end != null && end <= now) {
            throw StripeError.invalid("trial_end", "trial_end must be in the future.");
        }
        return end;
    }

    /** The next time that the configuration names, which also is the anchor of months that lack its day. */
    private static @Nullable Long anchorOfConfig(Params params, long now) {
        String config = "billing_cycle_anchor_config.";
        if (params.map("billing_cycle_anchor_config").isEmpty()) {
            return null;
        }
        params.need(config + "day_of_month");
        long day = part(params, config + "day_of_month", 1, 31, 1);
        ZonedDateTime at = Instant.ofEpochSecond(now).atZone(ZoneOffset.UTC);
        long hour = part(params, config + "hour", 0, 23, at.getHour());
        long minute = part(params, config + "minute", 0, 59, at.getMinute());
        long second = part(params, config + "second", 0, 59, at.getSecond());
        Long month = params.number(config + "month");
        YearMonth candidate = YearMonth.from(at);
        for (int i = 0; i < 25; i++, candidate = candidate.plusMonths(1)) {
            if (month != null && candidate.getMonthValue() != month) {
                continue;
            }
            long found = candidate
                    .atDay((int) Math.min(day, candidate.lengthOfMonth()))
                    .atTime((int) hour, (int) minute, (int) second)
                    .toEpochSecond(ZoneOffset.UTC);
            if (found > now) {
                return found;
            }
        }
        throw StripeError.invalid("billing_cycle_anchor_config[month]", "Invalid month.");
    }

    private static long part(Params params, String path, long min, long max, long otherwise) {
        Long value = params.number(path);
        if (value == null) {
            return otherwise;
        }
        if (value < min || value > max) {
            throw StripeError.invalid(params.name(path), "Must be between " + min + " and " + max + ".");
        }
        return value;
    }

    private static ObjectNode item(Call call, ObjectNode subscription, Wanted want, Times times) {
        Interval interval = Interval.of(want.price());
        long from = times.trialEnd() == null
                ? Math.max(times.start(), interval.previous(times.anchor(), call.now()))
                : call.now();
        long end = times.trialEnd() == null ? interval.next(times.anchor(), call.now()) : times.trialEnd();
        ObjectNode item = Items.create(call.world(), subscription, want.price(), want.quantity(), from, end);
        item.set("metadata", want.metadata());
        if (item.has("_usage_from")) {
            // Usage from before the subscription existed is billed when it is backdated, however far.
            item.put("_usage_from", times.trialEnd() == null ? times.start() : times.trialEnd());
        }
        return item;
    }

    private static void cancelAt(Params params, Call call, ObjectNode subscription) {
        Long at = params.number("cancel_at");
        boolean atPeriodEnd = params.isTrue("cancel_at_period_end");
        if (at != null && at <= call.now()) {
            throw StripeError.invalid("cancel_at", "cancel_at must be in the future.");
        }
        if (atPeriodEnd) {
            at = Items.of(subscription).stream()
                    .mapToLong(Items::periodEnd)
                    .max()
                    .orElseThrow();
        }
        Json.setNumber(subscription, "cancel_at", at);
        subscription.put("cancel_at_period_end", atPeriodEnd);
    }

    private static List<ObjectNode> extra(Call call, ObjectNode subscription) {
        List<ObjectNode> extra = new ArrayList<>();
        for (Params params : call.params().list("add_invoice_items")) {
            ObjectNode item = InvoiceItems.priced(
                    call.world(), params, "price", Json.need(subscription, "customer"), call.now(), call.now());
            dev.weir.simulators.stripe.billing.InvoiceItemDocument.parent(item, Json.need(subscription, "id"), null);
            extra.add(item);
        }
        return extra;
    }

    private static ObjectNode document(Call call, ObjectNode customer, ObjectNode price) {
        Params params = call.params();
        ObjectNode subscription = call.world().document(Subscriptions.KIND, "sub");
        for (String none : List.of(
                "application",
                "application_fee_percent",
                "billing_cycle_anchor_config",
                "billing_thresholds",
                "canceled_at",
                "days_until_due",
                "default_payment_method",
                "default_source",
                "ended_at",
                "latest_invoice",
                "next_pending_invoice_item_invoice",
                "on_behalf_of",
                "pause_collection",
                "pending_invoice_item_interval",
                "pending_setup_intent",
                "pending_update",
                "schedule",
                "test_clock",
                "transfer_data")) {
            subscription.putNull(none);
        }
        if (!params.map("billing_cycle_anchor_config").isEmpty()) {
            ObjectNode config = subscription.putObject("billing_cycle_anchor_config");
            for (String part : List.of("day_of_month", "hour", "minute", "month", "second")) {
                Json.setNumber(config, part, params.number("billing_cycle_anchor_config." + part));
            }
        }
        ObjectNode tax = subscription.putObject("automatic_tax").put("enabled", false);
        tax.putNull("disabled_reason").putNull("liability");
        ObjectNode mode = subscription.putObject("billing_mode");
        boolean flexible =
                "flexible".equals(params.choice("billing_mode.type", "flexible", Set.of("flexible", "classic")));
        mode.putNull("flexible");
        if (flexible) {
            String discounts = params.choice(
                    "billing_mode.flexible.proration_discounts", "included", Set.of("included", "itemized"));
            mode.putObject("flexible").put("proration_discounts", discounts);
        }
        mode.put("type", flexible ? "flexible" : "classic");
        ObjectNode details = subscription.putObject("cancellation_details");
        details.putNull("comment").putNull("feedback").putNull("reason");
        subscription.put("collection_method", "charge_automatically");
        subscription.put("created", call.now());
        subscription.put("currency", Json.need(price, "currency"));
        subscription.put("customer", Json.need(customer, "id"));
        subscription.putArray("default_tax_rates");
        subscription.put("description", params.text("description"));
        subscription.putArray("discounts");
        subscription
                .putObject("invoice_settings")
                .putNull("account_tax_ids")
                .putObject("issuer")
                .put("type", "self");
        subscription.put("livemode", false);
        ObjectNode payment = subscription.putObject("payment_settings");
        payment.putNull("payment_method_options").putNull("payment_method_types");
        payment.put("save_default_payment_method", "off");
        subscription
                .putObject("trial_settings")
                .putObject("end_behavior")
                .put("missing_payment_method", "create_invoice");
        return subscription;
    }
}
