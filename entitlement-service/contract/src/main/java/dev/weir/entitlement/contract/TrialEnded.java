package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.TrialEnd;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trial has ended: the fact {@code entitlement.trial-ended.v1} (id {@code <subscription>:ended}).
 *
 * @param tried the plan tried
 * @param atEnd what the trial was to end in
 * @param nextPlan the plan that follows; null if nothing does
 */
public record TrialEnded(
        String customer,
        String root,
        UUID subscription,
        String product,
        String tried,
        Instant endedAt,
        Why why,
        TrialEnd atEnd,
        @Nullable String nextPlan) {
    /** TIME: it ran its time; CREDITS: its credits were used up; REQUEST: someone ended it, changed the plan, or canceled. */
    public enum Why {
        TIME,
        CREDITS,
        REQUEST
    }

    public TrialEnded {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(why, "why");
    }
}
