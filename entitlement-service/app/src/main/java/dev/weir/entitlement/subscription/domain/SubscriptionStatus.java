package dev.weir.entitlement.subscription.domain;

/** What a subscription is at an instant. CANCELED: it ended because someone canceled it; ENDED: it ended by itself. */
public enum SubscriptionStatus {
    SCHEDULED,
    TRIALING,
    ACTIVE,
    PAUSED,
    CANCELED,
    ENDED
}
