package dev.weir.metering.window.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.BillingCycle;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the charges on levels in a customer's own subscriptions, with the time in which each is in force. */
public final class LevelCharges {
    private final CustomerSnapshot snapshot;
    private final Bodies bodies;
    private final Map<String, LevelCharge> found = new LinkedHashMap<>();

    private LevelCharges(CustomerSnapshot snapshot, Bodies bodies) {
        this.snapshot = snapshot;
        this.bodies = bodies;
    }

    /** Those of every phase of the snapshot. */
    public static List<LevelCharge> of(CustomerSnapshot snapshot, Bodies bodies) {
        LevelCharges charges = new LevelCharges(snapshot, bodies);
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            if (subscription.owner() == null && !subscription.servesByDefault()) {
                subscription.phases().stream()
                        .filter(phase -> phase.trialPlanHash() == null)
                        .forEach(phase -> charges.phase(subscription, phase));
            }
        }
        return new ArrayList<>(charges.found.values());
    }

    private void phase(SubscriptionPart subscription, SubscriptionPhase phase) {
        PlanVersion plan = bodies.plan(phase.planHash());
        Recurrence billing =
                new Recurrence(subscription.anchor(), BillingCycle.of(plan.charges()), ZoneId.of(snapshot.timeZone()));
        for (Charge charge : plan.charges()) {
            add(subscription, phase, billing, charge, plan.plan(), plan.version(), plan.hash(), false, plan.features());
        }
        for (AddonPart part : phase.addons()) {
            AddonVersion addon = bodies.addon(part.addonHash());
            for (Charge charge : addon.charges()) {
                add(
                        subscription,
                        phase,
                        billing,
                        charge,
                        addon.addon(),
                        addon.version(),
                        addon.hash(),
                        true,
                        addon.features());
            }
        }
    }

    private void add(
            SubscriptionPart subscription,
            SubscriptionPhase phase,
            Recurrence billing,
            Charge charge,
            String owner,
            int version,
            String hash,
            boolean addon,
            Map<String, FeatureDefinition> features) {
        String feature = charge.feature();
        Measure measure = charge.measure();
        if (feature == null || measure == null) {
            return;
        }
        FeatureDefinition definition = features.get(feature);
        String key = subscription.id() + " " + hash + " " + charge.key();
        LevelCharge known = found.get(key);
        Instant from = known == null ? phase.from() : known.activeFrom();
        @Nullable Instant to = phase.to();
        found.put(
                key,
                new LevelCharge(
                        subscription.id(),
                        snapshot.customer(),
                        snapshot.root(),
                        feature,
                        subscription.resource(),
                        definition == null ? 0 : definition.scale(),
                        charge.key(),
                        measure.name(),
                        owner,
                        version,
                        hash,
                        addon,
                        billing,
                        from,
                        to,
                        subscription.phases().getFirst().from(),
                        to != null
                                && subscription.phases().stream()
                                        .anyMatch(next -> next.from().equals(to))));
    }
}
