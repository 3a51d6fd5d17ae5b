package dev.weir.billing.account.domain;

import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.BillingCycle;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.ChargedPrice;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.platform.kernel.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the provider should hold for a customer: pure, from its snapshot. A subscription without any charge is not synced:
 * there is nothing to bill (free plans, internal ones).
 */
public final class BillingObjects {
    private BillingObjects() {}

    /** The commands that bring the provider to the snapshot's state, in dependency order. */
    public static List<ProviderCommand> of(
            CustomerSnapshot snapshot, Bodies bodies, Predicate<Price> atProvider, Instant now) {
        List<ProviderCommand> subscriptions = new ArrayList<>();
        Map<String, ProviderCommand> catalog = new LinkedHashMap<>();
        boolean charged = false;
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            if (subscription.owner() != null || subscription.servesByDefault()) {
                continue; // An ancestor shares it and is billed from its own snapshot; or nobody subscribed to it.
            }
            if (subscription.servesByDefault()) {
                continue; // Nobody subscribed to it.
            }
            charged |= charged(subscription, bodies);
            subscription(snapshot, subscription, bodies, atProvider, now, catalog)
                    .ifPresent(subscriptions::add);
        }
        if (!charged) {
            return List.of();
        }
        List<ProviderCommand> commands = new ArrayList<>(catalog.values());
        commands.add(new ProviderCommand.UpsertCustomer(
                snapshot.customer(), snapshot.name(), snapshot.country(), snapshot.currency()));
        commands.addAll(subscriptions);
        return commands;
    }

    /** Whether there is anything to bill of it, at the provider's prices or as amounts. */
    private static boolean charged(SubscriptionPart subscription, Bodies bodies) {
        return subscription.phases().stream()
                .anyMatch(phase -> !bodies.plan(phase.planHash()).charges().isEmpty()
                        || phase.addons().stream()
                                .anyMatch(part -> !bodies.addon(part.addonHash())
                                        .charges()
                                        .isEmpty()));
    }

    private static java.util.Optional<ProviderCommand> subscription(
            CustomerSnapshot snapshot,
            SubscriptionPart subscription,
            Bodies bodies,
            Predicate<Price> atProvider,
            Instant now,
            Map<String, ProviderCommand> catalog) {
        List<String> prices = new ArrayList<>();
        SubscriptionPhase first = subscription.phases().getFirst();
        SubscriptionPhase last = subscription.phases().getLast();
        SubscriptionPhase current = subscription.phaseAt(now).orElse(now.isBefore(first.from()) ? first : last);
        for (SubscriptionPhase phase : subscription.phases()) {
            // Usage prices of earlier phases stay on the subscription: their usage is billed at the old version's
            // price.
            boolean running = phase == current;
            if (!running && !phase.from().isBefore(now)) {
                continue;
            }
            PlanVersion plan = bodies.plan(phase.planHash());
            Instant until = phase.to() == null || phase.to().isAfter(now) ? now : phase.to();
            addCharges(
                    plan.plan(),
                    plan.version(),
                    plan.product(),
                    plan.name(),
                    plan.charges(),
                    plan.features(),
                    running,
                    (charge, at) -> ChargedPrice.ofPlan(snapshot, plan.plan(), charge, at),
                    times(snapshot, phase, until),
                    atProvider,
                    prices,
                    catalog);
            if (running) {
                for (AddonPart part : phase.addons()) {
                    AddonVersion addon = bodies.addon(part.addonHash());
                    addCharges(
                            addon.addon(),
                            addon.version(),
                            addon.product(),
                            addon.name(),
                            addon.charges(),
                            addon.features(),
                            true,
                            (charge, at) -> ChargedPrice.ofAddon(snapshot, addon.addon(), charge, at),
                            times(snapshot, phase, until),
                            atProvider,
                            prices,
                            catalog);
                }
            }
        }
        if (prices.isEmpty()) {
            return java.util.Optional.empty();
        }
        @Nullable Instant end = last.to();
        @Nullable RedeemedCoupon coupon = coupon(subscription, current, prices, catalog);
        if (coupon != null) {
            String key = couponKey(coupon.coupon());
            catalog.put(key, new ProviderCommand.UpsertCoupon(key, coupon.coupon()));
        }
        return java.util.Optional.of(new ProviderCommand.ApplySubscription(
                subscription.id().toString(),
                snapshot.customer(),
                prices,
                first.from(),
                subscription.anchor(),
                current.trialPlanHash() == null ? null : current.to(),
                end,
                metadata(subscription, coupon),
                coupon == null ? null : couponKey(coupon.coupon())));
    }

    /** The coupon of a subscription, if it takes anything off there. */
    private static @Nullable RedeemedCoupon coupon(
            SubscriptionPart subscription,
            SubscriptionPhase current,
            List<String> prices,
            Map<String, ProviderCommand> catalog) {
        RedeemedCoupon redeemed = current.coupon();
        if (redeemed == null || !redeemed.coupon().goesWith(subscription.product())) {
            return null;
        }
        Money off = redeemed.coupon().amountOff();
        boolean sameCurrency = off == null
                || prices.stream()
                        .map(catalog::get)
                        .anyMatch(command -> command instanceof ProviderCommand.UpsertPrice price
                                && price.price().currency().equals(off.currency()));
        return sameCurrency ? redeemed : null;
    }

    private static String couponKey(Coupon coupon) {
        return coupon.key() + "_" + CanonicalJson.hash(coupon).substring(0, 8);
    }

    private static Map<String, String> metadata(SubscriptionPart subscription, @Nullable RedeemedCoupon coupon) {
        return coupon == null
                ? Map.of("weir_product", subscription.product())
                : Map.of(
                        "weir_product",
                        subscription.product(),
                        "weir_coupon",
                        couponKey(coupon.coupon()) + "@" + coupon.redeemedAt());
    }

    /** The instants of a phase up to now at which a price agreed with the customer may begin or end, and now itself, the last. */
    private static List<Instant> times(CustomerSnapshot snapshot, SubscriptionPhase phase, Instant until) {
        List<Instant> times = new ArrayList<>();
        times.add(phase.from());
        snapshot.priceOverrides().stream()
                .flatMap(override -> Stream.concat(Stream.of(override.from()), Stream.ofNullable(override.to())))
                .filter(at -> at.isAfter(phase.from()) && at.isBefore(until))
                .sorted()
                .forEach(times::add);
        times.add(until);
        return times;
    }

    private static void addCharges(
            String owner,
            int version,
            String product,
            String name,
            List<Charge> charges,
            Map<String, FeatureDefinition> features,
            boolean withFees,
            BiFunction<Charge, Instant, Price> pricing,
            List<Instant> times,
            Predicate<Price> atProvider,
            List<String> prices,
            Map<String, ProviderCommand> catalog) {
        String cycle = BillingCycle.of(charges);
        for (Charge charge : charges) {
            @Nullable String feature = charge.feature();
            if (feature == null && !withFees || charge.once() || charge.measure() != null) {
                continue; // What is due once, and what is measured when a period is over, Weir rates itself.
            }
            FeatureDefinition definition = feature == null ? null : features.get(feature);
            int scale = definition == null ? 0 : definition.scale();
            // A fee has the price of now; usage has each of its prices, as it is billed at the one of its time.
            List<Instant> at = feature == null ? times.subList(times.size() - 1, times.size()) : times;
            for (Price price : at.stream()
                    .map(time -> pricing.apply(charge, time))
                    .distinct()
                    .toList()) {
                if (!atProvider.test(price)) {
                    continue;
                }
                String variant = MeterName.variant(charge, price);
                String key = MeterName.price(owner, version, charge.key(), variant);
                @Nullable String meter = null;
                if (feature != null) {
                    meter = MeterName.of(owner, version, charge.key(), variant);
                    catalog.put(meter, new ProviderCommand.UpsertMeter(meter, name + ": " + charge.key()));
                }
                @Nullable String every = charge.every();
                catalog.put(
                        key,
                        new ProviderCommand.UpsertPrice(
                                key,
                                product,
                                product,
                                name + " " + charge.key(),
                                price,
                                meter,
                                scale,
                                every == null ? cycle : every));
                if (!prices.contains(key)) {
                    prices.add(key);
                }
            }
        }
    }
}
