package dev.weir.catalog.contract;

/** The type of a CONFIG feature's value. */
public enum ConfigValueType {
    NUMBER,
    ENUM,
    TEXT
}
