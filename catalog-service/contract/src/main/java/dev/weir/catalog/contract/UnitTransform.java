package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns a quantity into another unit: of a price the metered quantity into the priced one, of a meter each value. */
public record UnitTransform(Operation operation, BigDecimal factor, Rounding rounding) {

    /** Decimals kept by a division that need not end. */
    private static final int DIVISION_SCALE = 12;

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

    /** The quantity in the other unit; the factor must be more than 0. */
    public BigDecimal apply(BigDecimal quantity) {
        return switch (operation) {
            case MULTIPLY -> whole(quantity.multiply(factor));
            case DIVIDE ->
                switch (rounding) {
                    case UP -> quantity.divide(factor, 0, RoundingMode.CEILING);
                    case DOWN -> quantity.divide(factor, 0, RoundingMode.FLOOR);
                    case HALF_UP -> quantity.divide(factor, 0, RoundingMode.HALF_UP);
                    case NONE -> quantity.divide(factor, DIVISION_SCALE, RoundingMode.HALF_UP);
                };
        };
    }

    private BigDecimal whole(BigDecimal value) {
        return switch (rounding) {
            case UP -> value.setScale(0, RoundingMode.CEILING);
            case DOWN -> value.setScale(0, RoundingMode.FLOOR);
            case HALF_UP -> value.setScale(0, RoundingMode.HALF_UP);
            case NONE -> value;
        };
    }
}
