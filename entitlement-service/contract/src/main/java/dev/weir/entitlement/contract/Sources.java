package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what a snapshot says about features. */
final class Sources {
    private Sources() {}

    /**
     * The subscriptions in force that count for a resource, each with its phase: those of the resource, and where none is in
     * force, those of the customer as a whole.
     */
    static List<Source.Holding> holdings(CustomerSnapshot snapshot, @Nullable String resource, Instant at) {
        List<Source.Holding> found = new ArrayList<>(2);
        addHoldings(found, snapshot, resource, at);
        if (found.isEmpty() && resource != null) {
            addHoldings(found, snapshot, null, at);
        }
        return found;
    }

    private static void addHoldings(
            List<Source.Holding> found, CustomerSnapshot snapshot, @Nullable String resource, Instant at) {
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            if (Objects.equals(subscription.resource(), resource)) {
                for (SubscriptionPhase phase : subscription.phases()) {
                    if (phase.contains(at)) {
                        found.add(new Source.Holding(subscription, phase));
                        break;
                    }
                }
            }
        }
    }

    /** Every source of a feature at an instant, in source order. */
    static List<Source> of(
            CustomerSnapshot snapshot, Bodies bodies, String feature, List<Source.Holding> holdings, Instant at) {
        List<Source> sources = new ArrayList<>(8);
        for (Source.Holding holding : holdings) {
            addPlan(sources, bodies.plan(holding.phase().planHash()), feature, holding);
            String tried = holding.phase().trialPlanHash();
            if (tried != null) {
                addTrial(sources, bodies.plan(tried), feature, holding);
            }
            for (AddonPart addon : holding.phase().addons()) {
                addAddon(sources, bodies.addon(addon.addonHash()), addon, feature, holding);
            }
        }
        for (AllowancePart allowance : snapshot.allowances()) {
            if (allowance.feature().equals(feature) && allowance.contains(at)) {
                sources.add(allowance(allowance));
            }
        }
        sources.sort(Source.ORDER);
        return sources;
    }

    /** The keys of every feature that any source names at an instant. */
    static SortedSet<String> features(
            CustomerSnapshot snapshot, Bodies bodies, List<Source.Holding> holdings, Instant at) {
        SortedSet<String> keys = new TreeSet<>();
        for (Source.Holding holding : holdings) {
            addKeys(keys, bodies.plan(holding.phase().planHash()));
            String tried = holding.phase().trialPlanHash();
            if (tried != null) {
                addKeys(keys, bodies.plan(tried));
            }
            for (AddonPart addon : holding.phase().addons()) {
                if (addon.quantity() > 0) {
                    keys.addAll(bodies.addon(addon.addonHash()).entitlements().keySet());
                }
            }
        }
        for (AllowancePart allowance : snapshot.allowances()) {
            if (allowance.contains(at)) {
                keys.add(allowance.feature());
            }
        }
        return keys;
    }

    /** Whether a phase says anything about a feature. */
    static boolean names(SubscriptionPhase phase, Bodies bodies, String feature) {
        if (names(bodies.plan(phase.planHash()), feature)) {
            return true;
        }
        String tried = phase.trialPlanHash();
        if (tried != null && names(bodies.plan(tried), feature)) {
            return true;
        }
        for (AddonPart addon : phase.addons()) {
            if (bodies.addon(addon.addonHash()).entitlements().containsKey(feature)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(PlanVersion body, String feature) {
        for (PlanLayer layer : body.layers()) {
            if (layer.entitlements().containsKey(feature)) {
                return true;
            }
        }
        return false;
    }

    /** The phase's span, joined with its neighbours without a gap for which the condition holds too. */
    static Span joined(Source.Holding holding, Predicate<SubscriptionPhase> same) {
        List<SubscriptionPhase> phases = holding.subscription().phases();
        int here = phases.indexOf(holding.phase());
        int first = here;
        while (first > 0 && adjoins(phases.get(first - 1), phases.get(first)) && same.test(phases.get(first - 1))) {
            first--;
        }
        int last = here;
        while (last + 1 < phases.size()
                && adjoins(phases.get(last), phases.get(last + 1))
                && same.test(phases.get(last + 1))) {
            last++;
        }
        return new Span(phases.get(first).from(), phases.get(last).to());
    }

    /** Whether a phase follows another without a gap. */
    static boolean adjoins(SubscriptionPhase earlier, SubscriptionPhase later) {
        return later.from().equals(earlier.to());
    }

    private static void addKeys(SortedSet<String> keys, PlanVersion body) {
        for (PlanLayer layer : body.layers()) {
            keys.addAll(layer.entitlements().keySet());
        }
    }

    private static void addPlan(List<Source> sources, PlanVersion body, String feature, Source.Holding holding) {
        @Nullable Span valid = null;
        for (int depth = 0; depth < body.layers().size(); depth++) {
            PlanLayer layer = body.layers().get(depth);
            Entitlement entitlement = layer.entitlements().get(feature);
            if (entitlement != null) {
                if (valid == null) {
                    String hash = holding.phase().planHash();
                    valid = joined(holding, phase -> phase.planHash().equals(hash));
                }
                SourceKind kind = depth == 0 ? SourceKind.PLAN : SourceKind.ANCESTOR;
                sources.add(
                        plan(kind, layer, entitlement, definition(body.features(), feature), holding, depth, valid));
            }
        }
    }

    private static void addTrial(List<Source> sources, PlanVersion body, String feature, Source.Holding holding) {
        @Nullable Span valid = null;
        for (int depth = 0; depth < body.layers().size(); depth++) {
            PlanLayer layer = body.layers().get(depth);
            Entitlement entitlement = layer.entitlements().get(feature);
            if (entitlement != null) {
                if (valid == null) {
                    valid = joined(holding, phase -> body.hash().equals(phase.trialPlanHash()));
                }
                FeatureDefinition definition = definition(body.features(), feature);
                sources.add(plan(SourceKind.TRIAL, layer, entitlement, definition, holding, depth, valid));
            }
        }
    }

    private static Source plan(
            SourceKind kind,
            PlanLayer layer,
            Entitlement entitlement,
            FeatureDefinition definition,
            Source.Holding holding,
            int depth,
            Span valid) {
        return new Source(kind, layer.plan(), layer.version(), 1, entitlement, definition, holding, depth, null, valid);
    }

    private static void addAddon(
            List<Source> sources, AddonVersion body, AddonPart addon, String feature, Source.Holding holding) {
        Entitlement entitlement = body.entitlements().get(feature);
        if (entitlement != null && addon.quantity() > 0) {
            sources.add(new Source(
                    SourceKind.ADDON,
                    body.addon(),
                    body.version(),
                    addon.quantity(),
                    entitlement,
                    definition(body.features(), feature),
                    holding,
                    0,
                    null,
                    joined(holding, phase -> phase.addons().contains(addon))));
        }
    }

    private static Source allowance(AllowancePart allowance) {
        return new Source(
                allowance.kind() == AllowancePart.Kind.PROMOTION ? SourceKind.PROMOTION : SourceKind.OVERRIDE,
                allowance.id().toString(),
                0,
                1,
                allowance.revoke()
                        ? null
                        : Objects.requireNonNull(
                                allowance.entitlement(), "an allowance that is no revoke gives something"),
                allowance.definition(),
                null,
                0,
                allowance.id(),
                new Span(allowance.from(), allowance.to()));
    }

    private static FeatureDefinition definition(Map<String, FeatureDefinition> features, String feature) {
        FeatureDefinition definition = features.get(feature);
        if (definition == null) {
            throw new IllegalStateException("a published body lacks the definition of its feature " + feature);
        }
        return definition;
    }
}
