package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Locked;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.domain.Phase;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Ends a running trial early, or extends it. What the trial was to end in follows either way. */
@Singleton
public class TrialActions {
    /** The entry of a trial whose credits were used up. */
    public static final String CREDITS_USED = "TRIAL_CREDITS_USED";

    private final SubscriptionChanges changes;

    TrialActions(SubscriptionChanges changes) {
        this.changes = changes;
    }

    /** Ends the trial now; 409 NOT_TRIALING. */
    public Written<SubscriptionView> end(String customer, UUID id, String author) {
        return end(customer, id, "TRIAL_ENDED", author);
    }

    /** Ends the trial now, as its credits are used up; one that does not run any more stays as it is. */
    public void creditsUsed(String customer, UUID id) {
        changes.move(
                customer,
                id,
                CREDITS_USED,
                "trial",
                (subscription, locked) -> isTrialing(subscription, locked)
                        ? new SubscriptionChanges.Step(subscription.timeline().trialEndedAt(locked.now()), locked.now())
                        : new SubscriptionChanges.Step(subscription.timeline(), locked.now()));
    }

    private Written<SubscriptionView> end(String customer, UUID id, String kind, String author) {
        return changes.move(customer, id, kind, author, (subscription, locked) -> {
            requireTrialing(subscription, locked);
            return new SubscriptionChanges.Step(subscription.timeline().trialEndedAt(locked.now()), locked.now());
        });
    }

    /** Extends the trial; 409 NOT_TRIALING, TRIAL_CHANGE_SCHEDULED if something scheduled lies before its new end. */
    public Written<SubscriptionView> extend(String customer, UUID id, Instant until, String author) {
        return changes.move(customer, id, "TRIAL_EXTENDED", author, (subscription, locked) -> {
            requireTrialing(subscription, locked);
            Timeline timeline = subscription.timeline();
            Instant end = Objects.requireNonNull(timeline.trialEnd(locked.now()));
            if (!until.isAfter(end)) {
                Faults faults = new Faults();
                faults.add("until", "INVALID_VALUE", "must lie after the trial's end, " + end);
                faults.refuse();
            }
            for (Phase phase : timeline.phases()) {
                boolean follows = phase.trial() == null && !phase.from().isBefore(end);
                if (follows && phase.to() != null && !phase.to().isAfter(until)) {
                    throw Problem.conflict(
                            "TRIAL_CHANGE_SCHEDULED", "a change is scheduled at " + phase.to() + "; revoke it first");
                }
            }
            return new SubscriptionChanges.Step(timeline.trialExtended(locked.now(), until), end);
        });
    }

    private static void requireTrialing(Subscription subscription, Locked locked) {
        if (!isTrialing(subscription, locked)) {
            throw Problem.conflict(
                    "NOT_TRIALING",
                    "the subscription is " + subscription.timeline().status(locked.now()) + ", not TRIALING");
        }
    }

    private static boolean isTrialing(Subscription subscription, Locked locked) {
        return subscription.timeline().status(locked.now()) == SubscriptionStatus.TRIALING;
    }
}
