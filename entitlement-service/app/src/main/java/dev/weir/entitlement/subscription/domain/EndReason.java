package dev.weir.entitlement.subscription.domain;

/** Why a timeline ends where it does. */
public enum EndReason {
    CANCELED,
    TRIAL_OVER,
    TERM_OVER
}
