package dev.weir.catalog.contract;

/** Whether a plan is shown to everyone (the pricing table) or only sold by hand. */
public enum Visibility {
    PUBLIC,
    PRIVATE
}
