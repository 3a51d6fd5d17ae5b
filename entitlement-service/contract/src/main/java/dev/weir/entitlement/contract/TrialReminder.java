package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.TrialEnd;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trial is about to end: the fact {@code entitlement.trial-reminder.v1} (id
 * {@code <subscription>:<endsAt>:<before>}, so a trial that was extended is reminded of anew).
 *
 * @param tried the plan tried
 * @param before how long before the end this was due, ISO 8601
 * @param atEnd what follows
 * @param nextPlan the plan that follows; null for CANCEL
 */
public record TrialReminder(
        String customer,
        String root,
        UUID subscription,
        String product,
        String tried,
        Instant endsAt,
        String before,
        TrialEnd atEnd,
        @Nullable String nextPlan) {
    public TrialReminder {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(endsAt, "endsAt");
    }
}
