package dev.weir.catalog.contract;

/** The part of a feature's usage that a charge prices. */
public enum AppliesTo {
    ALL,
    OVERAGE
}
