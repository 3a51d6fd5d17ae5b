package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.UsageOnChange;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A span [from, to) of a subscription in which nothing about it changes. Phases of a subscription are ordered and do not
 * overlap; a gap is a pause.
 *
 * @param to null = open
 * @param planHash content hash of the plan version
 * @param trialPlanHash while a trial runs: the plan version tried (the same as planHash when the plan tries itself). Then
 *     the plan's own recurring credits and fees wait until the trial ends; the trial's credits are granted instead.
 * @param usage what the change that began this phase did with the running period's usage: RESET counts the periods of every
 *     limit anew from this phase's start (credits keep the subscription's anchor: nothing is granted twice)
 * @param coupon taken off what the subscription is charged; null = none
 */
public record SubscriptionPhase(
        Instant from,
        @Nullable Instant to,
        String planHash,
        @Nullable String trialPlanHash,
        List<AddonPart> addons,
        UsageOnChange usage,
        @Nullable RedeemedCoupon coupon) {
    public SubscriptionPhase {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(planHash, "planHash");
        addons = addons == null ? List.of() : List.copyOf(addons);
        usage = usage == null ? UsageOnChange.KEEP : usage;
    }

    /** A phase without a coupon. */
    public SubscriptionPhase(
            Instant from,
            @Nullable Instant to,
            String planHash,
            @Nullable String trialPlanHash,
            List<AddonPart> addons,
            UsageOnChange usage) {
        this(from, to, planHash, trialPlanHash, addons, usage, null);
    }

    /** Whether this phase holds at that instant. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && (to == null || instant.isBefore(to));
    }
}
