package dev.weir.gateway.routing.domain;

/** What the edge does beside passing a request on. */
public enum Flow {
    /** Nothing. */
    PLAIN,
    /** Waits until the customer's new snapshot is in force here and in the ledger. */
    CUSTOMER_WRITE,
    /** Waits until every service works by the new catalog. */
    CATALOG_WRITE,
    /** Merges the wallets that the ledger's answer bears into the cache. */
    WALLETS
}
