package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.UsageOnChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instants at which a feature's entitlement may change. */
final class Boundaries {
    private Boundaries() {}

    /** The latest boundary at or before an instant, and the next one after it; null where none is known. */
    record Around(@Nullable Instant from, @Nullable Instant to) {
        Around with(Instant boundary, Instant at) {
            if (boundary.isAfter(at)) {
                return to == null || boundary.isBefore(to) ? new Around(from, boundary) : this;
            }
            return from == null || boundary.isAfter(from) ? new Around(boundary, to) : this;
        }
    }

    /**
     * The boundaries of the sources: every start and end of a phase that names the feature, and of a promotion or override
     * of it. For a resource those of the customer's own subscriptions count too, as it may fall back on them.
     */
    static Around sources(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        Around around = new Around(null, null);
        for (SubscriptionPart subscription : snapshot.subscriptions()) {
            if (subscription.resource() == null || subscription.resource().equals(resource)) {
                for (SubscriptionPhase phase : subscription.phases()) {
                    if (Sources.names(phase, bodies, feature)) {
                        around = around.with(phase.from(), at);
                        around = phase.to() == null ? around : around.with(phase.to(), at);
                    }
                }
            }
        }
        for (AllowancePart allowance : snapshot.allowances()) {
            if (allowance.feature().equals(feature)) {
                around = around.with(allowance.from(), at);
                around = allowance.to() == null ? around : around.with(allowance.to(), at);
            }
        }
        return around;
    }

    static Span window(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        Instant from = at.truncatedTo(ChronoUnit.HOURS);
        Instant to = from.plus(1, ChronoUnit.HOURS);
        Optional<ResolvedFeature> resolved = FeatureJoin.resolve(snapshot, bodies, feature, resource, at);
        Around around = resolved.isPresent()
                ? new Around(resolved.get().segmentFrom(), resolved.get().segmentTo())
                : sources(snapshot, bodies, feature, resource, at);
        Instant begins = around.from() != null && around.from().isAfter(from) ? around.from() : from;
        Instant ends = around.to() != null && around.to().isBefore(to) ? around.to() : to;
        return new Span(begins, ends);
    }

    /**
     * The instant from which a subscription's periods of a feature's limit are counted: its anchor, or the start of the latest
     * phase at which usage began anew. That is a phase that says RESET, or one that changes the plan where the new plan
     * says {@code onChange: RESET} of the feature (a new version of the same plan does not).
     */
    static Instant anchor(Source.Holding holding, Bodies bodies, String feature, Instant at) {
        List<SubscriptionPhase> phases = holding.subscription().phases();
        Instant anchor = holding.subscription().anchor();
        for (int i = 0; i < phases.size(); i++) {
            SubscriptionPhase phase = phases.get(i);
            if (phase.from().isAfter(at)) {
                break;
            }
            if (phase.usage() == UsageOnChange.RESET
                    || (i > 0 && resets(bodies, phases.get(i - 1).planHash(), phase.planHash(), feature))) {
                anchor = phase.from();
            }
        }
        return anchor;
    }

    private static boolean resets(Bodies bodies, String before, String after, String feature) {
        if (before.equals(after)) {
            return false;
        }
        PlanVersion plan = bodies.plan(after);
        for (PlanLayer layer : plan.layers()) {
            Entitlement entitlement = layer.entitlements().get(feature);
            if (entitlement != null) {
                return entitlement.onChange() == UsageOnChange.RESET
                        && !bodies.plan(before).plan().equals(plan.plan());
            }
        }
        return false;
    }
}
