package dev.weir.entitlement.subscription.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Trial;
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
import org.jspecify.annotations.Nullable;

/** Pins subscriptions to the versions of a catalog, from an instant on. */
@Singleton
public class Repinning {
    private final SubscriptionTables tables;
    private final CatalogReadModel catalog;

    Repinning(SubscriptionTables tables, CatalogReadModel catalog) {
        this.tables = tables;
        this.catalog = catalog;
    }

    /** The next customers after a key that have subscriptions. */
    public List<String> next(String after, int limit) {
        return tables.customers(after, limit);
    }

    /** Those of these customers who hold, now or later, other versions than the catalog's. */
    public Set<String> due(Collection<String> customers, CatalogInForce target, Instant now) {
        Set<String> due = new TreeSet<>();
        for (Subscription subscription : tables.all(customers)) {
            if (subscription.timeline().phases().stream().anyMatch(phase -> touches(phase, target, now))) {
                due.add(subscription.customer());
            }
        }
        return due;
    }

    /** Pins the subscriptions of customers that the caller has locked; answers whose subscriptions changed. */
    public Set<String> repin(Collection<String> customers, CatalogInForce target, Instant now) {
        Set<String> changed = new TreeSet<>();
        for (Subscription subscription : tables.all(customers)) {
            Timeline before = subscription.timeline();
            if (before.phases().stream().noneMatch(phase -> touches(phase, target, now))) {
                continue;
            }
            Timeline after = before.mappedFrom(now, UsageOnChange.KEEP, phase -> pinned(phase, target));
            tables.replace(subscription, after, new SubscriptionTables.Entry("REPINNED", now, now, "rollout"));
            changed.add(subscription.customer());
        }
        return changed;
    }

    private boolean touches(Phase phase, CatalogInForce target, Instant now) {
        return (phase.to() == null || phase.to().isAfter(now))
                && !pinned(phase, target).equals(phase);
    }

    private Phase pinned(Phase phase, CatalogInForce target) {
        PlanPin plan = plan(phase.plan(), target);
        PlanPin trial = trial(phase, plan);
        List<HeldAddon> addons = new ArrayList<>();
        phase.addons().forEach(held -> addons.add(addon(held, target)));
        boolean same = plan.equals(phase.plan())
                && java.util.Objects.equals(trial, phase.trial())
                && addons.equals(phase.addons());
        return same ? phase : phase.pinnedTo(plan, trial, addons);
    }

    private static PlanPin plan(PlanPin pin, CatalogInForce target) {
        VersionReference reference = target.plans().get(pin.plan());
        return reference == null ? pin : new PlanPin(pin.plan(), reference.version(), reference.hash());
    }

    /** A running trial goes on with what the new version lets try; if it offers no trial any more, as it began. */
    private @Nullable PlanPin trial(Phase phase, PlanPin plan) {
        PlanPin tried = phase.trial();
        if (tried == null || plan.equals(phase.plan())) {
            return tried;
        }
        PlanVersion body = catalog.plan(plan.hash());
        Trial offered = body.trial();
        if (offered == null) {
            return tried;
        }
        return offered.planHash() == null ? plan : PlanPin.of(catalog.plan(offered.planHash()));
    }

    private HeldAddon addon(HeldAddon held, CatalogInForce target) {
        VersionReference reference = target.addons().get(held.addon());
        if (reference == null || reference.hash().equals(held.hash())) {
            return held;
        }
        AddonVersion body = catalog.addon(reference.hash());
        return new HeldAddon(body.addon(), body.version(), body.hash(), held.quantity());
    }
}
