package dev.weir.catalog.contract;

/** When the cost basis of a credit grant becomes revenue: as the credit is used, or evenly over its life. */
public enum Recognition {
    USAGE,
    RATABLE
}
