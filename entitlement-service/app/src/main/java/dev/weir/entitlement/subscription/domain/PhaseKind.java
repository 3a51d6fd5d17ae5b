package dev.weir.entitlement.subscription.domain;

/** Whether a phase gives anything. A PAUSED one only remembers what comes back on resuming. */
public enum PhaseKind {
    ACTIVE,
    PAUSED
}
