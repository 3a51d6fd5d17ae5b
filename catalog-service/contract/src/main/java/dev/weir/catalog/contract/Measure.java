package dev.weir.catalog.contract;

/** Which quantity of a LEVEL feature a charge prices: the period's highest level, or the level averaged over its time. */
public enum Measure {
    MAX_IN_PERIOD,
    TIME_WEIGHTED
}
