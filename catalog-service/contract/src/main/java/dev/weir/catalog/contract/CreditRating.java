package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * From dimensions to credits, by a rate table. Pure, so that ledger, metering and gateway agree to the atom.
 *
 * <p>First match wins. A rate has at most the unit's scale decimals, so integer quantities cost exactly the same however
 * they are split; a fractional quantity is rounded once per event, half up.
 */
public final class CreditRating {
    private CreditRating() {}

    /**
     * @param dimensions field name to text; quantities as decimal text. A quantity that a rate names and the dimensions
     *     lack counts as 0, but at least one must be there.
     * @param scale the credit unit's scale
     */
    public static CreditCost cost(List<RateRule> rules, Map<String, String> dimensions, int scale) {
        for (RateRule rule : rules) {
            if (matches(rule, dimensions)) {
                return price(rule, dimensions, scale);
            }
        }
        return new CreditCost.Unpriced("no line of the rate table matches " + dimensions);
    }

    private static boolean matches(RateRule rule, Map<String, String> dimensions) {
        return rule.match().entrySet().stream().allMatch(wanted -> {
            String actual = dimensions.get(wanted.getKey());
            return actual != null && ("*".equals(wanted.getValue()) || sameValue(wanted.getValue(), actual));
        });
    }

    private static boolean sameValue(String wanted, String actual) {
        if (wanted.equals(actual)) {
            return true;
        }
        BigDecimal left = decimal(wanted);
        BigDecimal right = decimal(actual);
        return left != null && right != null && left.compareTo(right) == 0;
    }

    private static CreditCost price(RateRule rule, Map<String, String> dimensions, int scale) {
        BigDecimal sum = BigDecimal.ZERO;
        boolean anyQuantity = rule.per().isEmpty();
        for (Map.Entry<String, BigDecimal> rate : rule.per().entrySet()) {
            String text = dimensions.get(rate.getKey());
            if (text == null) {
                continue;
            }
            BigDecimal quantity = decimal(text);
            if (quantity == null) {
                return new CreditCost.Invalid(rate.getKey(), "is not a number: " + text);
            }
            if (quantity.signum() < 0) {
                return new CreditCost.Invalid(rate.getKey(), "is negative: " + text);
            }
            anyQuantity = true;
            sum = sum.add(quantity.multiply(rate.getValue()));
        }
        if (!anyQuantity) {
            return new CreditCost.Unpriced(
                    "none of the priced quantities " + rule.per().keySet() + " is given");
        }
        try {
            return new CreditCost.Priced(
                    sum.movePointRight(scale).setScale(0, RoundingMode.HALF_UP).longValueExact());
        } catch (ArithmeticException overflow) {
            return new CreditCost.Invalid("", "the cost does not fit 64 bits");
        }
    }

    private static @org.jspecify.annotations.Nullable BigDecimal decimal(String text) {
        if (text.length() > 40) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            return Math.abs(value.scale()) > 40 ? null : value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
