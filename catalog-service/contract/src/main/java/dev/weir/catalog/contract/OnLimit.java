package dev.weir.catalog.contract;

/** What happens above the limit. SOFT is the more generous: it goes on as overage. */
public enum OnLimit {
    HARD,
    SOFT
}
