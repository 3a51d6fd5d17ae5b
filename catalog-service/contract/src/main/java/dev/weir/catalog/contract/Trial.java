package dev.weir.catalog.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The trial that a plan offers.
 *
 * @param duration ISO 8601
 * @param plan the plan tried
 * @param planHash the pinned version of that plan; null when it is the offering plan itself (a body cannot hold its own hash)
 * @param credits end with the trial
 * @param downgradeTo the plan for DOWNGRADE
 * @param untilCreditsUsed true = it ends when its credits are used up, if that is before its time is over; null = false
 */
public record Trial(
        String duration,
        String plan,
        @Nullable String planHash,
        List<CreditGrant> credits,
        TrialEnd atEnd,
        @Nullable String downgradeTo,
        @Nullable Boolean untilCreditsUsed) {
    public Trial {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(plan, "plan");
        credits = credits == null ? List.of() : List.copyOf(credits);
        Objects.requireNonNull(atEnd, "atEnd");
    }

    /** A trial that ends with its time alone. */
    public Trial(
            String duration,
            String plan,
            @Nullable String planHash,
            List<CreditGrant> credits,
            TrialEnd atEnd,
            @Nullable String downgradeTo) {
        this(duration, plan, planHash, credits, atEnd, downgradeTo, null);
    }

    /** Whether it ends when its credits are used up. */
    public boolean endsWithCredits() {
        return Boolean.TRUE.equals(untilCreditsUsed);
    }
}
