package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.catalog.contract.VersionReference;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.subscription.domain.HeldAddon;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pins subscriptions to the versions of a catalog, from an instant on. */
@Singleton
public class Repinning {

    /**
     * The versions to pin to.
     *
     * @param catalog what was chosen under this catalog or a later one stays
     * @param settled plans and add-ons on which a later catalog for all customers has the word
     */
    public record Target(CatalogInForce catalog, Set<String> settledPlans, Set<String> settledAddons) {
        public Target {
            settledPlans = Set.copyOf(settledPlans);
            settledAddons = Set.copyOf(settledAddons);
        }
    }

    private final SubscriptionTables tables;
    private final CatalogReadModel catalog;
    private final Offers offers;

    Repinning(SubscriptionTables tables, CatalogReadModel catalog, Offers offers) {
        this.tables = tables;
        this.catalog = catalog;
        this.offers = offers;
    }

    /** The next customers after a key that have subscriptions. */
    public List<String> next(String after, int limit) {
        return tables.customers(after, limit);
    }

    /** Those of these customers who hold, now or later, other versions than the catalog's. */
    public Set<String> due(Collection<String> customers, Target target, Instant now) {
        Set<String> due = new TreeSet<>();
        for (Subscription subscription : tables.all(customers)) {
            if (isTouched(subscription, target, now)) {
                due.add(subscription.customer());
            }
        }
        return due;
    }

    /** Pins the subscriptions of customers that the caller has locked; answers whose subscriptions changed. */
    public Set<String> repin(Collection<String> customers, Target target, Instant now) {
        Set<String> changed = new TreeSet<>();
        List<SubscriptionTables.Replacement> replacements = new ArrayList<>();
        for (Subscription subscription : tables.all(customers)) {
            if (isTouched(subscription, target, now)) {
                Timeline after =
                        subscription.timeline().mappedFrom(now, UsageOnChange.KEEP, phase -> pinned(phase, target));
                replacements.add(new SubscriptionTables.Replacement(
                        subscription,
                        after,
                        new SubscriptionTables.Entry(
                                "REPINNED",
                                now,
                                now,
                                "rollout",
                                "rollout:" + target.catalog().version())));
                changed.add(subscription.customer());
            }
        }
        tables.replaceAll(replacements);
        return changed;
    }

    private boolean isTouched(Subscription subscription, Target target, Instant now) {
        return subscription.timeline().phases().stream()
                .filter(phase -> phase.to() == null || phase.to().isAfter(now))
                .anyMatch(phase -> !pinned(phase, target).equals(phase));
    }

    private Phase pinned(Phase phase, Target target) {
        PlanPin plan = plan(phase.plan(), target);
        PlanPin trial = offers.trial(phase, plan);
        List<HeldAddon> addons = new ArrayList<>();
        phase.addons().forEach(held -> addons.add(addon(held, target)));
        boolean same = plan.equals(phase.plan())
                && java.util.Objects.equals(trial, phase.trial())
                && addons.equals(phase.addons());
        return same ? phase : phase.pinnedTo(plan, trial, addons);
    }

    private static PlanPin plan(PlanPin pin, Target target) {
        CatalogInForce named = target.catalog();
        VersionReference reference = named.plans().get(pin.plan());
        if (reference == null
                || reference.hash().equals(pin.hash())
                || pin.catalog() >= named.version()
                || target.settledPlans().contains(pin.plan())) {
            return pin;
        }
        return new PlanPin(pin.plan(), reference.version(), reference.hash(), named.version());
    }

    private HeldAddon addon(HeldAddon held, Target target) {
        CatalogInForce named = target.catalog();
        VersionReference reference = named.addons().get(held.addon());
        if (reference == null
                || reference.hash().equals(held.hash())
                || !held.chosenBefore(named.version())
                || target.settledAddons().contains(held.addon())) {
            return held;
        }
        AddonVersion body = catalog.addon(reference.hash());
        return new HeldAddon(body.addon(), body.version(), body.hash(), held.quantity(), named.version());
    }
}
