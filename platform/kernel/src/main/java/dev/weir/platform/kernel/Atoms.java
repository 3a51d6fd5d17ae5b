package dev.weir.platform.kernel;

import dev.weir.platform.kernel.AtomsException.Reason;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Amounts as 64-bit counts of a unit's smallest part ("atoms"), and as decimals. With scale 6, one credit is 1,000,000
 * atoms. Nothing is ever rounded.
 */
public final class Atoms {

    /** The largest scale that a unit may have. */
    public static final int MAX_SCALE = 9;

    // Plain notation only: an exponent would let a short text stand for a number of a billion digits.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private Atoms() {}

    /**
     * The atoms of a decimal text such as {@code "12.5"}.
     *
     * @throws AtomsException if the text is no plain decimal, has more decimals than the scale, or does not fit
     */
    public static long parse(String decimal, int scale) {
        if (!DECIMAL.matcher(decimal).matches()) {
            throw new AtomsException(Reason.NOT_A_NUMBER, "not a plain decimal number");
        }
        return parse(new BigDecimal(decimal), scale);
    }

    /**
     * The atoms of a decimal.
     *
     * @throws AtomsException if the decimal has more decimals than the scale, or does not fit
     */
    public static long parse(BigDecimal decimal, int scale) {
        requireScale(scale);
        // Bounds first: a decimal of extreme exponent must not be expanded.
        if (decimal.signum() != 0 && (long) decimal.precision() - decimal.scale() > 20) {
            throw new AtomsException(Reason.OVERFLOW, "the amount is too large");
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        if (stripped.scale() > scale) {
            throw new AtomsException(Reason.TOO_MANY_DECIMALS, "at most " + scale + " decimals are allowed");
        }
        try {
            return stripped.movePointRight(scale).longValueExact();
        } catch (ArithmeticException e) {
            throw new AtomsException(Reason.OVERFLOW, "the amount is too large");
        }
    }

    /** The plain decimal text of an amount, without trailing zeros: {@code "12.5"}, {@code "0"}, {@code "1000"}. */
    public static String format(long atoms, int scale) {
        return decimal(atoms, scale).toPlainString();
    }

    /** The decimal of an amount, without trailing zeros and never with a negative scale. */
    public static BigDecimal decimal(long atoms, int scale) {
        requireScale(scale);
        BigDecimal stripped = BigDecimal.valueOf(atoms, scale).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void requireScale(int scale) {
        if (scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale must be 0.." + MAX_SCALE + " but is " + scale);
        }
    }
}
