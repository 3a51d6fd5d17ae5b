package dev.weir.catalog.contract;

/** Whom a published catalog reaches: NEW_CUSTOMERS leaves every subscription on its version. */
public enum Rollout {
    NEW_CUSTOMERS,
    ALL_CUSTOMERS
}
