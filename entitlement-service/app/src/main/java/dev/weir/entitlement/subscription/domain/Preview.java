package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CreditEntitlement;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do to the customer at the instant at which it takes effect. What is better in one respect and worse in
 * another stands in both lists.
 */
public record Preview(Instant effectiveAt, List<Item> gained, List<Item> lost, List<ChangedCharge> charges) {

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

    /** What a charge becomes. */
    public record ChangedCharge(Fate fate, Charge charge) {
        /** Whether the charge comes, goes or stays. */
        public enum Fate {
            ADDED,
            REMOVED,
            KEPT
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
        return new Preview(at, gained, lost, charges(subscription.timeline(), after, bodies, at));
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

    private static List<ChangedCharge> charges(Timeline before, Timeline after, Bodies bodies, Instant at) {
        Map<String, Charge> old = charges(before, bodies, at);
        Map<String, Charge> next = charges(after, bodies, at);
        List<ChangedCharge> changed = new ArrayList<>();
        old.forEach((key, charge) -> {
            if (!charge.equals(next.get(key))) {
                changed.add(new ChangedCharge(ChangedCharge.Fate.REMOVED, charge));
            }
        });
        next.forEach((key, charge) -> changed.add(new ChangedCharge(
                charge.equals(old.get(key)) ? ChangedCharge.Fate.KEPT : ChangedCharge.Fate.ADDED, charge)));
        return changed;
    }

    private static Map<String, Charge> charges(Timeline timeline, Bodies bodies, Instant at) {
        Map<String, Charge> charges = new TreeMap<>();
        timeline.at(at).filter(phase -> phase.kind() == PhaseKind.ACTIVE).ifPresent(phase -> {
            bodies.plan(phase.plan().hash()).charges().forEach(charge -> charges.put(charge.key(), charge));
            for (HeldAddon addon : phase.addons()) {
                bodies.addon(addon.hash())
                        .charges()
                        .forEach(charge -> charges.put(addon.addon() + "/" + charge.key(), charge));
            }
        });
        return charges;
    }
}
