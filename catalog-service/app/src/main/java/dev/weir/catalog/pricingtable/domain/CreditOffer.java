package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.Money;
import dev.weir.catalog.contract.PerSeat;
import dev.weir.catalog.contract.Rollover;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Credit that is given or sold.
 *
 * @param price what a pack is sold for
 * @param text in words
 */
public record CreditOffer(
        String key,
        String unit,
        BigDecimal amount,
        boolean once,
        @Nullable String every,
        Category category,
        @Nullable String expiresAfter,
        @Nullable PerSeat perSeat,
        @Nullable Rollover rollover,
        @Nullable Money price,
        String text) {}
