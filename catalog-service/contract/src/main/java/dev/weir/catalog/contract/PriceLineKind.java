package dev.weir.catalog.contract;

/** What a line of a rated price stands for. MINIMUM, MAXIMUM and DISCOUNT are what a commitment or discount adds. */
public enum PriceLineKind {
    FLAT,
    UNIT,
    PACKAGE,
    TIER,
    PERCENTAGE,
    FIXED_FEE,
    DISCOUNT,
    MINIMUM,
    MAXIMUM
}
