package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.contract.Span;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.SubscriptionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is now.
 *
 * @param period null once it has ended
 */
public record SubscriptionView(
        Subscription subscription,
        SubscriptionStatus status,
        @Nullable Span period,
        Instant asOf) {}
