package dev.weir.catalog.contract;

/** How an entitlement of an add-on, promotion or override acts: as a value of its own, or on top of the base. */
public enum Effect {
    OVERRIDE,
    INCREMENT
}
