package dev.weir.catalog.contract;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tier of a GRADUATED, VOLUME or STAIRSTEP price.
 *
 * @param upTo inclusive; null in the last tier
 */
public record PriceTier(
        @Nullable BigDecimal upTo,
        @Nullable BigDecimal unitPrice,
        @Nullable BigDecimal flatPrice) {}
