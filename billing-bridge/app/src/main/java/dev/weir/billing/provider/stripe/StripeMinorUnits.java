package dev.weir.billing.provider.stripe;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/**
 * Stripe's minor units. Data of the provider, not of the JDK: Stripe's exponents differ from ISO 4217 in places (Stripe API
 * documentation, "Supported currencies").
 */
final class StripeMinorUnits {
    private static final Set<String> ZERO_DECIMAL = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private StripeMinorUnits() {}

    static int exponent(String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        return ZERO_DECIMAL.contains(code) ? 0 : THREE_DECIMAL.contains(code) ? 3 : 2;
    }

    /** Major units to (possibly fractional) minor units. */
    static BigDecimal toMinor(BigDecimal major, String currency) {
        return major.movePointRight(exponent(currency));
    }

    /** Whole minor units to a plain decimal string in major units. */
    static String toMajor(long minor, String currency) {
        return BigDecimal.valueOf(minor, exponent(currency)).toPlainString();
    }
}
