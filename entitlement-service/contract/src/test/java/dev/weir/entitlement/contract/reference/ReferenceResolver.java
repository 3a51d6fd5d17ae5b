package dev.weir.entitlement.contract.reference;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A resolver written from the architecture's section 5 alone, apart from the product's: slow and plain. It asks each source
 * what it says at the instant and lets {@link Verdict} weigh them; it knows no timeline, no segments and no caches. Product
 * and reference share the records of the contract and nothing else.
 */
public final class ReferenceResolver {
    private final CustomerSnapshot customer;
    private final Bodies bodies;

    /** Answers for that customer, from those bodies. */
    public ReferenceResolver(CustomerSnapshot customer, Bodies bodies) {
        this.customer = customer;
        this.bodies = bodies;
    }

    /** Every feature that some source names at an instant, described as text by aspect. */
    public Map<String, Map<String, String>> all(@Nullable String resource, Instant at) {
        TreeSet<String> features = new TreeSet<>();
        for (SubscriptionPart subscription : counted(resource, at)) {
            SubscriptionPhase phase = phase(subscription, at).orElseThrow();
            bodies.plan(phase.planHash())
                    .layers()
                    .forEach(layer -> features.addAll(layer.entitlements().keySet()));
            if (phase.trialPlanHash() != null) {
                bodies.plan(phase.trialPlanHash())
                        .layers()
                        .forEach(layer -> features.addAll(layer.entitlements().keySet()));
            }
            phase.addons().stream()
                    .filter(held -> held.quantity() > 0)
                    .forEach(held -> features.addAll(
                            bodies.addon(held.addonHash()).entitlements().keySet()));
        }
        customer.allowances().stream()
                .filter(allowance -> holds(allowance, at))
                .map(AllowancePart::feature)
                .forEach(features::add);
        Map<String, Map<String, String>> answers = new HashMap<>();
        features.forEach(feature -> answers.put(feature, feature(feature, resource, at)));
        return answers;
    }

    /** What holds for one feature at an instant, described as text by aspect; empty when no source names it. */
    public Map<String, String> feature(String feature, @Nullable String resource, Instant at) {
        List<Voice> voices = voices(feature, resource, at);
        return voices.isEmpty()
                ? Map.of()
                : new Verdict(voices, voice -> anchor(voice, feature, at), ZoneId.of(customer.timeZone()), at)
                        .describe();
    }

    private List<Voice> voices(String feature, @Nullable String resource, Instant at) {
        List<Voice> voices = new ArrayList<>();
        for (SubscriptionPart subscription : counted(resource, at)) {
            SubscriptionPhase phase = phase(subscription, at).orElseThrow();
            String plan = phase.planHash();
            planVoices(
                    voices,
                    subscription,
                    bodies.plan(plan),
                    feature,
                    false,
                    unbroken(subscription, at, other -> other.planHash().equals(plan)));
            String tried = phase.trialPlanHash();
            if (tried != null) {
                planVoices(
                        voices,
                        subscription,
                        bodies.plan(tried),
                        feature,
                        true,
                        unbroken(subscription, at, other -> tried.equals(other.trialPlanHash())));
            }
            for (AddonPart held : phase.addons()) {
                AddonVersion addon = bodies.addon(held.addonHash());
                Entitlement says = addon.entitlements().get(feature);
                if (says != null && held.quantity() > 0) {
                    FeatureDefinition definition =
                            Objects.requireNonNull(addon.features().get(feature));
                    voices.add(new Voice(
                            SourceKind.ADDON,
                            addon.addon(),
                            addon.version(),
                            held.quantity(),
                            says,
                            definition,
                            subscription,
                            0,
                            subscription.id().toString(),
                            table(says, definition),
                            unbroken(subscription, at, other -> other.addons().contains(held))));
                }
            }
        }
        for (AllowancePart allowance : customer.allowances()) {
            if (allowance.feature().equals(feature) && holds(allowance, at)) {
                Entitlement says = allowance.revoke() ? null : allowance.entitlement();
                voices.add(new Voice(
                        allowance.kind() == AllowancePart.Kind.PROMOTION ? SourceKind.PROMOTION : SourceKind.OVERRIDE,
                        allowance.id().toString(),
                        0,
                        1,
                        says,
                        allowance.definition(),
                        null,
                        0,
                        allowance.id().toString(),
                        table(says, allowance.definition()),
                        new Span(allowance.from(), allowance.to())));
            }
        }
        return voices;
    }

    private static void planVoices(
            List<Voice> voices,
            SubscriptionPart subscription,
            PlanVersion plan,
            String feature,
            boolean trial,
            Span valid) {
        FeatureDefinition definition = plan.features().get(feature);
        for (int depth = 0; depth < plan.layers().size(); depth++) {
            PlanLayer layer = plan.layers().get(depth);
            Entitlement says = layer.entitlements().get(feature);
            if (says != null) {
                SourceKind kind = trial ? SourceKind.TRIAL : depth == 0 ? SourceKind.PLAN : SourceKind.ANCESTOR;
                voices.add(new Voice(
                        kind,
                        layer.plan(),
                        layer.version(),
                        1,
                        says,
                        Objects.requireNonNull(definition),
                        subscription,
                        depth,
                        subscription.id().toString(),
                        inherited(plan, depth, feature, Objects.requireNonNull(definition)),
                        valid));
            }
        }
    }

    private static Voice.Table inherited(PlanVersion plan, int depth, String feature, FeatureDefinition definition) {
        for (int up = depth; up < plan.layers().size(); up++) {
            Entitlement says = plan.layers().get(up).entitlements().get(feature);
            if (says != null && !says.rates().isEmpty()) {
                return new Voice.Table(says.rates(), up);
            }
        }
        return new Voice.Table(definition.rates(), -1);
    }

    private static Voice.Table table(@Nullable Entitlement says, FeatureDefinition definition) {
        return says == null || says.rates().isEmpty()
                ? new Voice.Table(definition.rates(), -1)
                : new Voice.Table(says.rates(), 0);
    }

    /** The run of phases around an instant, one right after the other, in which something holds. */
    private static Span unbroken(SubscriptionPart subscription, Instant at, Predicate<SubscriptionPhase> holds) {
        SubscriptionPhase here = phase(subscription, at).orElseThrow();
        Instant from = here.from();
        Instant to = here.to();
        for (SubscriptionPhase phase : subscription.phases().reversed()) {
            from = from.equals(phase.to()) && holds.test(phase) ? phase.from() : from;
        }
        for (SubscriptionPhase phase : subscription.phases()) {
            to = phase.from().equals(to) && holds.test(phase) ? phase.to() : to;
        }
        return new Span(from, to);
    }

    /** A resource's own subscriptions stand in place of the customer's while any of them runs. */
    private List<SubscriptionPart> counted(@Nullable String resource, Instant at) {
        List<SubscriptionPart> running = customer.subscriptions().stream()
                .filter(subscription -> phase(subscription, at).isPresent())
                .toList();
        List<SubscriptionPart> own = running.stream()
                .filter(subscription -> resource != null && resource.equals(subscription.resource()))
                .toList();
        return own.isEmpty()
                ? running.stream()
                        .filter(subscription -> subscription.resource() == null)
                        .toList()
                : own;
    }

    private static Optional<SubscriptionPhase> phase(SubscriptionPart subscription, Instant at) {
        return subscription.phases().stream()
                .filter(phase -> !at.isBefore(phase.from()))
                .filter(phase -> phase.to() == null || at.isBefore(phase.to()))
                .findAny();
    }

    private static boolean holds(AllowancePart allowance, Instant at) {
        return !at.isBefore(allowance.from()) && (allowance.to() == null || at.isBefore(allowance.to()));
    }

    /** From where a source's periods are counted: where usage last began anew, else the subscription's anchor. */
    private Instant anchor(Voice voice, String feature, Instant at) {
        if (voice.subscription() == null) {
            return voice.valid().from();
        }
        List<SubscriptionPhase> begun = voice.subscription().phases().stream()
                .filter(phase -> !phase.from().isAfter(at))
                .toList();
        for (int i = begun.size() - 1; i >= 0; i--) {
            if (begun.get(i).usage() == UsageOnChange.RESET
                    || (i > 0 && anew(begun.get(i - 1), begun.get(i), feature))) {
                return begun.get(i).from();
            }
        }
        return voice.subscription().anchor();
    }

    private boolean anew(SubscriptionPhase before, SubscriptionPhase after, String feature) {
        PlanVersion plan = bodies.plan(after.planHash());
        return !bodies.plan(before.planHash()).plan().equals(plan.plan())
                && plan.layers().stream()
                        .map(layer -> layer.entitlements().get(feature))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .filter(says -> says.onChange() == UsageOnChange.RESET)
                        .isPresent();
    }
}
