package dev.weir.catalog.contract;

import java.math.BigDecimal;

/** Turns the metered quantity into the priced one before anything else. */
public record UnitTransform(Operation operation, BigDecimal factor, Rounding rounding) {
    /** What to do with the factor. */
    public enum Operation {
        DIVIDE,
        MULTIPLY
    }

    /** How the transformed quantity is rounded to a whole number; NONE keeps it (DIVIDE: 12 decimals, half up). */
    public enum Rounding {
        UP,
        DOWN,
        HALF_UP,
        NONE
    }
}
