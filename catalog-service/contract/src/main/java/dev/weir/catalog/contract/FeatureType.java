package dev.weir.catalog.contract;

/** What kind of thing a plan can give. */
public enum FeatureType {
    BOOLEAN,
    CONFIG,
    METERED,
    CREDIT
}
