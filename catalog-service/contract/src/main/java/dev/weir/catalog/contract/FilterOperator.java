package dev.weir.catalog.contract;

/** The comparisons a meter filter may use. {@code EXISTS} takes no value, {@code IN} several, the others one. */
public enum FilterOperator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    IN,
    CONTAINS,
    STARTS_WITH,
    EXISTS
}
