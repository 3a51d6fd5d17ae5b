package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Map;

/**
 * One line of a rate table: if every dimension in {@code match} fits ("*" fits any present value; an empty match fits
 * everything), each quantity dimension costs {@code per} credits.
 *
 * @param match dimension name to value; numbers are compared as their decimal text
 * @param per quantity dimension (a numeric field) to credits per unit of it, with at most the credit unit's scale decimals
 */
public record RateRule(Map<String, String> match, Map<String, BigDecimal> per) {
    public RateRule {
        match = match == null ? Map.of() : Map.copyOf(match);
        per = per == null ? Map.of() : Map.copyOf(per);
    }
}
