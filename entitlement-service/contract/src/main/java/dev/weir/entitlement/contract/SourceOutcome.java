package dev.weir.entitlement.contract;

/** What became of a source in the join. */
public enum SourceOutcome {
    /** It won at least one component. */
    WON,
    /** An increment that was added. */
    ADDED,
    /** Something more generous beat it. */
    LOST,
    /** A revoke stands above it. */
    REVOKED
}
