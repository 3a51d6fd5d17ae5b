package dev.weir.gateway.engine;

/** Why a check or a reservation is refused. The list is closed: clients switch on it. */
public enum DenialReason {
    UNKNOWN_CUSTOMER,
    UNKNOWN_FEATURE,
    /** Nothing is subscribed; the answer still lists the wallets. */
    NO_SUBSCRIPTION,
    /** Something is subscribed, but no source gives this feature. */
    NOT_ENTITLED,
    REVOKED,
    /** A hard limit, or the cap on a soft limit's overage. */
    LIMIT_REACHED,
    INSUFFICIENT_CREDIT,
    FROZEN,
    /** The state that a decision needs could not be had in time. */
    LEASE_UNAVAILABLE,
    /** No line of the rate table fits the dimensions. */
    UNPRICED,
    VALUE_NOT_ALLOWED
}
