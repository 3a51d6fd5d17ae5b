package dev.weir.catalog.contract;

/** Where credit comes from in money's eyes. In burn order, at equal priority and expiry, PROMOTIONAL goes before PAID. */
public enum Category {
    PROMOTIONAL,
    PAID
}
