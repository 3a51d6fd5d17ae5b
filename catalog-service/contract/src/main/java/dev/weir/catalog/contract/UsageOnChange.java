package dev.weir.catalog.contract;

/** What a plan change does with the usage of the running period. */
public enum UsageOnChange {
    KEEP,
    RESET
}
