package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A price in major units of its currency. Which members count depends on the model; the rest is null. Applied in the
 * order unitTransform, freeQuantity, model, percentOff, minimumSpend, maximumSpend, rounding (once, at the end).
 *
 * @param amount of a FLAT price
 * @param roundTo decimals to round the amount to; null = the currency's minor unit
 */
public record Price(
        PriceModel model,
        String currency,
        @Nullable BigDecimal amount,
        @Nullable BigDecimal unitPrice,
        @Nullable BigDecimal packageSize,
        @Nullable BigDecimal packagePrice,
        List<PriceTier> tiers,
        @Nullable BigDecimal percent,
        @Nullable BigDecimal fixedFee,
        @Nullable BigDecimal freeUnits,
        @Nullable BigDecimal minimumPerEvent,
        @Nullable BigDecimal maximumPerEvent,
        @Nullable UnitTransform unitTransform,
        @Nullable BigDecimal freeQuantity,
        @Nullable BigDecimal percentOff,
        @Nullable BigDecimal minimumSpend,
        @Nullable BigDecimal maximumSpend,
        @Nullable Integer roundTo) {
    public Price {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(currency, "currency");
        tiers = tiers == null ? List.of() : List.copyOf(tiers);
    }
}
