package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a rated price, at full precision.
 *
 * @param tier 1.. for a TIER
 * @param quantity what the line prices: units, packages, events, or for PERCENTAGE the amount of money
 * @param unitPrice of one of it; for PERCENTAGE the percent
 * @param flatPrice of a TIER
 * @param amount in major units; negative for a DISCOUNT or MAXIMUM
 */
public record PriceLine(
        PriceLineKind kind,
        @Nullable Integer tier,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal unitPrice,
        @Nullable BigDecimal flatPrice,
        BigDecimal amount) {
    public PriceLine {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(amount, "amount");
    }
}
