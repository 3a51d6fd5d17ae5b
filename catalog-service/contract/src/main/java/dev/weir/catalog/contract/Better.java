package dev.weir.catalog.contract;

/** Which direction of a NUMBER config is the more generous. */
public enum Better {
    HIGHER,
    LOWER
}
