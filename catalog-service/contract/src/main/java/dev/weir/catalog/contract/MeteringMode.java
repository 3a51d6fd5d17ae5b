package dev.weir.catalog.contract;

/** COUNTING usage adds up over a period and resets; a LEVEL (seats, storage) is set and does not reset. */
public enum MeteringMode {
    COUNTING,
    LEVEL
}
