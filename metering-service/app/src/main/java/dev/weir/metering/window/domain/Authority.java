package dev.weir.metering.window.domain;

/** Who says what a window's terms are; a later one beats an earlier one. */
public enum Authority {
    /** Nothing that the customer is entitled to: only the catalog. */
    CATALOG,
    /** A settled reservation, by what held when it was made. */
    SETTLEMENT,
    /** The customer's snapshot, resolved here. */
    RESOLUTION
}
