package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AddonPart;
import dev.weir.entitlement.contract.RedeemedCoupon;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span [from, to) of a subscription in which nothing changes.
 *
 * @param row the stored row; 0 = not stored yet
 * @param to null = open
 * @param trial the plan version tried while a trial runs
 * @param usage what the change at its start did with the usage of the running period
 * @param end why nothing follows; null where something does, or where it is open
 * @param coupon taken off what is charged; null = none
 */
public record Phase(
        long row,
        PhaseKind kind,
        Instant from,
        @Nullable Instant to,
        PlanPin plan,
        @Nullable PlanPin trial,
        List<HeldAddon> addons,
        UsageOnChange usage,
        @Nullable EndReason end,
        @Nullable RedeemedCoupon coupon) {
    public Phase {
        addons = List.copyOf(addons);
    }

    /** A new active phase. */
    public static Phase active(
            Instant from, @Nullable Instant to, PlanPin plan, @Nullable PlanPin trial, List<HeldAddon> addons) {
        return new Phase(0, PhaseKind.ACTIVE, from, to, plan, trial, addons, UsageOnChange.KEEP, null, null);
    }

    /** Whether it holds at that instant. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && (to == null || instant.isBefore(to));
    }

    /** This phase up to an instant. */
    public Phase until(Instant instant, @Nullable EndReason reason) {
        return new Phase(0, kind, from, instant, plan, trial, addons, usage, reason, coupon);
    }

    /** This phase up to another instant, which may be later; null = open. */
    public Phase reaching(@Nullable Instant instant, @Nullable EndReason reason) {
        return new Phase(0, kind, from, instant, plan, trial, addons, usage, reason, coupon);
    }

    /** This phase from an instant on, with what the change there does to usage. */
    public Phase since(Instant instant, UsageOnChange change) {
        return new Phase(0, kind, instant, to, plan, trial, addons, change, end, coupon);
    }

    /** The same in a row of its own. */
    public Phase anew() {
        return new Phase(0, kind, from, to, plan, trial, addons, usage, end, coupon);
    }

    /** With another state. */
    public Phase as(PhaseKind other) {
        return new Phase(0, other, from, to, plan, trial, addons, usage, end, coupon);
    }

    /** With other add-ons. */
    public Phase with(List<HeldAddon> others) {
        return new Phase(0, kind, from, to, plan, trial, others, usage, end, coupon);
    }

    /** With another coupon, or none. */
    public Phase with(@Nullable RedeemedCoupon other) {
        return new Phase(0, kind, from, to, plan, trial, addons, usage, end, other);
    }

    /** With other versions. */
    public Phase pinnedTo(PlanPin otherPlan, @Nullable PlanPin otherTrial, List<HeldAddon> others) {
        return new Phase(0, kind, from, to, otherPlan, otherTrial, others, usage, end, coupon);
    }

    /** How the snapshot says it. */
    public SubscriptionPhase published() {
        return new SubscriptionPhase(
                from,
                to,
                plan.hash(),
                trial == null ? null : trial.hash(),
                addons.stream()
                        .map(addon -> new AddonPart(addon.hash(), addon.quantity()))
                        .toList(),
                usage,
                coupon);
    }
}
