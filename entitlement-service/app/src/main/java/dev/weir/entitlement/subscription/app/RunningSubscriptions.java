package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The subscriptions of a customer that have not ended. */
@Singleton
public class RunningSubscriptions {
    private final SubscriptionTables tables;

    RunningSubscriptions(SubscriptionTables tables) {
        this.tables = tables;
    }

    /** Those that have not ended at an instant. */
    public List<Subscription> of(String customer, Instant now) {
        return tables.all(List.of(customer)).stream()
                .filter(subscription -> isRunning(subscription, now))
                .toList();
    }

    private static boolean isRunning(Subscription subscription, Instant now) {
        SubscriptionStatus status = subscription.timeline().status(now);
        return status != SubscriptionStatus.CANCELED && status != SubscriptionStatus.ENDED;
    }

    /** Ends all of them now, in the transaction of a caller that has locked the customer. */
    public void cancelAll(String customer, Instant now, String author) {
        tables.replaceAll(of(customer, now).stream()
                .map(subscription -> new SubscriptionTables.Replacement(
                        subscription,
                        subscription.timeline().canceledAt(now),
                        new SubscriptionTables.Entry("CANCELED", now, now, author)))
                .toList());
    }
}
