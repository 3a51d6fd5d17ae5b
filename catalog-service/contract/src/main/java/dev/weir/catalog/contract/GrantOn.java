package dev.weir.catalog.contract;

/** When a recurring credit grant opens. */
public enum GrantOn {
    PERIOD_START,
    INVOICE_PAID
}
