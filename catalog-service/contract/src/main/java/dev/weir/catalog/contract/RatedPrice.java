package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What a quantity costs, and how that came about.
 *
 * @param amount in major units, rounded to the currency's minor unit or to the price's {@code roundTo}
 * @param lines at full precision; their sum, rounded, is the amount
 */
public record RatedPrice(BigDecimal amount, String currency, List<PriceLine> lines) {
    public RatedPrice {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        lines = List.copyOf(lines);
    }
}
