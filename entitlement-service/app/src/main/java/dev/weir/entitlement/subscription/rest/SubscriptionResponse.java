package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.subscription.app.SubscriptionView;
import dev.weir.entitlement.subscription.domain.EndReason;
import dev.weir.entitlement.subscription.domain.HeldAddon;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.PhaseKind;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is now: plan, version and add-ons are those in force (before it begins the first, after its end the
 * last).
 *
 * @param currentPeriod the period in which it is billed; not there once it has ended
 * @param trial while it runs
 * @param end when it ends; not there while that is open
 * @param cancelAt its end where that was asked for
 * @param phases its whole timeline
 */
public record SubscriptionResponse(
        UUID id,
        String customer,
        String product,
        @Nullable String resource,
        String plan,
        int version,
        SubscriptionStatus status,
        @Nullable Period currentPeriod,
        List<Addon> addons,
        @Nullable Trial trial,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable Instant cancelAt,
        Instant anchor,
        @Nullable Redeemed coupon,
        List<TimelinePhase> phases,
        Instant createdAt) {

    /** A span [from, to). */
    public record Period(Instant from, @Nullable Instant to) {}

    /** The coupon that is taken off what is charged. */
    public record Redeemed(String coupon, Instant redeemedAt) {}

    /** An add-on held. */
    public record Addon(String addon, int version, int quantity) {}

    /** A running trial. */
    public record Trial(String plan, int version, Instant endsAt) {}

    /** A span in which nothing changes; a PAUSED one gives nothing. */
    public record TimelinePhase(
            Instant from,
            @Nullable Instant to,
            PhaseKind kind,
            String plan,
            int version,
            @Nullable String trialOf,
            List<Addon> addons) {}

    static SubscriptionResponse of(SubscriptionView view) {
        Subscription subscription = view.subscription();
        List<Phase> phases = subscription.timeline().phases();
        Optional<Phase> telling = subscription.timeline().telling(view.asOf());
        PlanPin plan = telling.map(Phase::plan).orElse(subscription.first());
        Span period = view.period();
        Instant end = subscription.timeline().end();
        boolean canceled = !phases.isEmpty() && phases.getLast().end() == EndReason.CANCELED;
        return new SubscriptionResponse(
                subscription.id(),
                subscription.customer(),
                subscription.product(),
                subscription.resource(),
                plan.plan(),
                plan.version(),
                view.status(),
                period == null ? null : new Period(period.from(), period.to()),
                telling.map(phase -> addons(phase.addons())).orElse(List.of()),
                view.status() == SubscriptionStatus.TRIALING
                        ? telling.map(SubscriptionResponse::trial).orElse(null)
                        : null,
                phases.isEmpty() ? null : phases.getFirst().from(),
                end,
                canceled ? end : null,
                subscription.anchor(),
                telling.map(Phase::coupon).map(SubscriptionResponse::redeemed).orElse(null),
                phases.stream().map(SubscriptionResponse::phase).toList(),
                subscription.createdAt());
    }

    private static @Nullable Trial trial(Phase phase) {
        PlanPin tried = phase.trial();
        Instant to = phase.to();
        return tried == null || to == null ? null : new Trial(tried.plan(), tried.version(), to);
    }

    private static Redeemed redeemed(RedeemedCoupon coupon) {
        return new Redeemed(coupon.coupon().key(), coupon.redeemedAt());
    }

    private static List<Addon> addons(List<HeldAddon> held) {
        return held.stream()
                .map(addon -> new Addon(addon.addon(), addon.version(), addon.quantity()))
                .toList();
    }

    private static TimelinePhase phase(Phase phase) {
        PlanPin tried = phase.trial();
        return new TimelinePhase(
                phase.from(),
                phase.to(),
                phase.kind(),
                phase.plan().plan(),
                phase.plan().version(),
                tried == null ? null : tried.plan(),
                addons(phase.addons()));
    }
}
