package dev.weir.catalog.contract;

/** How a meter folds the events of a span into one quantity. */
public enum Aggregation {
    SUM,
    COUNT,
    UNIQUE,
    MIN,
    MAX,
    AVG,
    LATEST
}
