package dev.weir.billing.account.domain;

import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.BillingCycle;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the provider should hold for a customer: pure, from its snapshot. A subscription without any charge is not synced:
 * there is nothing to bill (free plans, internal ones).
 */
public final class BillingObjects {
    private BillingObjects() {}

    /** The commands that bring the provider to the snapshot's state, in dependency order. */
    public static List<ProviderCommand> of(CustomerSnapshot snapshot, Bodies bodies, Instant now) {
        List<ProviderCommand> subscriptions = new ArrayList<>();
        Map<String, ProviderCommand> catalog = new LinkedHashMap<>();
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            if (subscription.owner() != null) {
                continue; // An ancestor shares it; it is billed to that ancestor, from its own snapshot.
            }
            if (subscription.servesByDefault()) {
                continue; // Nobody subscribed to it.
            }
            subscription(snapshot, subscription, bodies, now, catalog).ifPresent(subscriptions::add);
        }
        if (subscriptions.isEmpty()) {
            return List.of();
        }
        List<ProviderCommand> commands = new ArrayList<>(catalog.values());
        commands.add(new ProviderCommand.UpsertCustomer(
                snapshot.customer(), snapshot.name(), snapshot.country(), snapshot.currency()));
        commands.addAll(subscriptions);
        return commands;
    }

    private static java.util.Optional<ProviderCommand> subscription(
            CustomerSnapshot snapshot,
            SubscriptionPart subscription,
            Bodies bodies,
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
            addCharges(
                    plan.plan(),
                    plan.version(),
                    plan.product(),
                    plan.name(),
                    plan.charges(),
                    plan.features(),
                    running,
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
                            prices,
                            catalog);
                }
            }
        }
        if (prices.isEmpty()) {
            return java.util.Optional.empty();
        }
        @Nullable Instant end = last.to();
        return java.util.Optional.of(new ProviderCommand.ApplySubscription(
                subscription.id().toString(),
                snapshot.customer(),
                prices,
                first.from(),
                subscription.anchor(),
                current.trialPlanHash() == null ? null : current.to(),
                end,
                Map.of("weir_product", subscription.product())));
    }

    private static void addCharges(
            String owner,
            int version,
            String product,
            String name,
            List<Charge> charges,
            Map<String, FeatureDefinition> features,
            boolean withFees,
            List<String> prices,
            Map<String, ProviderCommand> catalog) {
        String cycle = BillingCycle.of(charges);
        for (Charge charge : charges) {
            @Nullable String feature = charge.feature();
            if (feature == null && !withFees) {
                continue;
            }
            String key = MeterName.price(owner, version, charge.key());
            @Nullable String meter = null;
            int scale = 0;
            if (feature != null) {
                meter = MeterName.of(owner, version, charge.key());
                FeatureDefinition definition = features.get(feature);
                scale = definition == null ? 0 : definition.scale();
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
                            charge.price(),
                            meter,
                            scale,
                            every == null ? cycle : every));
            if (!prices.contains(key)) {
                prices.add(key);
            }
        }
    }
}
