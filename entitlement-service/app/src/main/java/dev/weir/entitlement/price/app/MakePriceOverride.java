package dev.weir.entitlement.price.app;

import dev.weir.catalog.contract.Price;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a price of one customer. One of {@code plan} and {@code addon} is there.
 *
 * @param from null = now
 */
public record MakePriceOverride(
        String customer,
        @Nullable String plan,
        @Nullable String addon,
        String charge,
        Price price,
        @Nullable Instant from,
        @Nullable Instant to,
        String reason,
        String author) {}
