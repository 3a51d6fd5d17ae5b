package dev.weir.catalog.contract;

/** When a charge is invoiced: fees in advance, usage in arrears. */
public enum Billed {
    IN_ADVANCE,
    IN_ARREARS
}
