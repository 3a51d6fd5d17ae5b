package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do to the customer at the instant at which it takes effect. What is better in one respect and worse in
 * another stands in both lists.
 *
 * @param charges what is charged without and with the change
 * @param priceChanges the fees summed up, the coupon taken off
 */
public record Preview(
        Instant effectiveAt,
        List<Item> gained,
        List<Item> lost,
        List<ChangedCharge> charges,
        List<PriceChange> priceChanges) {

    /** A feature or a credit grant, as it is without and with the change; null = not there. */
    public record Item(
            Kind kind,
            String key,
            @Nullable Gift before,
            @Nullable Gift after) {
        /** What the key names. */
        public enum Kind {
            FEATURE,
            CREDITS
        }
    }

    /**
     * What a charge becomes; one that changes its price stands there as REMOVED with the old and as ADDED with the new.
     *
     * @param key the charge's; that of an add-on begins with the add-on's
     * @param price by currency and country of the customer, or agreed with it
     * @param priceOverride the agreement; not there if there is none
     * @param amount of a fee, for each time that it is due
     */
    public record ChangedCharge(
            Fate fate,
            String key,
            Charge charge,
            int quantity,
            Price price,
            @Nullable UUID priceOverride,
            @Nullable BigDecimal amount) {
        /** Whether the charge comes, goes or stays. */
        public enum Fate {
            ADDED,
            REMOVED,
            KEPT
        }

        static ChangedCharge of(Fate fate, String key, PricedCharge priced) {
            return new ChangedCharge(
                    fate,
                    key,
                    priced.charge(),
                    priced.quantity(),
                    priced.price(),
                    priced.priceOverride(),
                    priced.amount());
        }
    }

    /** Compares the customer with another timeline of one subscription. */
    public static Preview of(
            CustomerSnapshot snapshot, Subscription subscription, Timeline after, Bodies bodies, Instant at) {
        CustomerSnapshot without = subscription.inside(snapshot);
        CustomerSnapshot with = subscription.with(after).inside(snapshot);
        List<Item> gained = new ArrayList<>();
        List<Item> lost = new ArrayList<>();
        features(without, with, bodies, subscription.resource(), at, gained, lost);
        credits(without, with, bodies, at, gained, lost);
        PriceChange.Side old = side(snapshot, subscription.timeline(), bodies, at);
        PriceChange.Side next = side(snapshot, after, bodies, at);
        return new Preview(
                at,
                gained,
                lost,
                charges(old.charges(), next.charges()),
                PriceChange.between(old, next, at, ZoneId.of(snapshot.timeZone())));
    }

    private static PriceChange.Side side(CustomerSnapshot snapshot, Timeline timeline, Bodies bodies, Instant at) {
        return new PriceChange.Side(
                PricedCharge.at(snapshot, timeline, bodies, at),
                timeline.at(at).map(Phase::coupon).orElse(null));
    }

    private static void features(
            CustomerSnapshot without,
            CustomerSnapshot with,
            Bodies bodies,
            @Nullable String resource,
            Instant at,
            List<Item> gained,
            List<Item> lost) {
        Map<String, ResolvedFeature> before = Resolution.all(without, bodies, resource, at);
        Map<String, ResolvedFeature> after = Resolution.all(with, bodies, resource, at);
        SortedSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Gift earlier = Gift.of(before.get(key));
            Gift later = Gift.of(after.get(key));
            Item item = new Item(Item.Kind.FEATURE, key, earlier, later);
            if (Gift.better(later, earlier, after.get(key))) {
                gained.add(item);
            }
            if (Gift.better(earlier, later, before.get(key))) {
                lost.add(item);
            }
        }
    }

    private static void credits(
            CustomerSnapshot without,
            CustomerSnapshot with,
            Bodies bodies,
            Instant at,
            List<Item> gained,
            List<Item> lost) {
        Map<String, Gift> before = credits(without, bodies, at);
        Map<String, Gift> after = credits(with, bodies, at);
        SortedSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Gift earlier = before.get(key);
            Gift later = after.get(key);
            BigDecimal less = earlier == null || earlier.limit() == null ? BigDecimal.ZERO : earlier.limit();
            BigDecimal more = later == null || later.limit() == null ? BigDecimal.ZERO : later.limit();
            int order = more.compareTo(less);
            if (order != 0) {
                (order > 0 ? gained : lost).add(new Item(Item.Kind.CREDITS, key, earlier, later));
            }
        }
    }

    private static Map<String, Gift> credits(CustomerSnapshot snapshot, Bodies bodies, Instant at) {
        Map<String, Gift> credits = new TreeMap<>();
        for (CreditEntitlement credit : Resolution.credits(snapshot, bodies, at, at.plusMillis(1))) {
            String key = credit.grant().unit() + "/" + credit.grant().key();
            BigDecimal amount = credit.grant().amount().multiply(BigDecimal.valueOf(credit.quantity()));
            credits.merge(key, Gift.credits(amount, credit.grant().every()), Gift::plus);
        }
        return credits;
    }

    private static List<ChangedCharge> charges(Map<String, PricedCharge> old, Map<String, PricedCharge> next) {
        List<ChangedCharge> changed = new ArrayList<>();
        old.forEach((key, priced) -> {
            if (!priced.equals(next.get(key))) {
                changed.add(ChangedCharge.of(ChangedCharge.Fate.REMOVED, key, priced));
            }
        });
        next.forEach((key, priced) -> changed.add(ChangedCharge.of(
                priced.equals(old.get(key)) ? ChangedCharge.Fate.KEPT : ChangedCharge.Fate.ADDED, key, priced)));
        return changed;
    }
}
