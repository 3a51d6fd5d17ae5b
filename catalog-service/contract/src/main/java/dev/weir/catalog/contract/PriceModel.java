package dev.weir.catalog.contract;

/** How a quantity becomes money; the rules stand at {@link PriceRating}. */
public enum PriceModel {
    FLAT,
    PER_UNIT,
    PACKAGE,
    GRADUATED,
    VOLUME,
    STAIRSTEP,
    PERCENTAGE
}
