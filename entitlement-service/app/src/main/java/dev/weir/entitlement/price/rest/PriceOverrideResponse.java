package dev.weir.entitlement.price.rest;

import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.price.domain.PriceOverride;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A price agreed with one customer.
 *
 * @param to when it ceases to hold
 * @param endedAt when someone ended it early
 */
public record PriceOverrideResponse(
        UUID id,
        String customer,
        @Nullable String plan,
        @Nullable String addon,
        String charge,
        Price price,
        Instant from,
        @Nullable Instant to,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    static PriceOverrideResponse of(PriceOverride made) {
        return new PriceOverrideResponse(
                made.id(),
                made.customer(),
                made.plan(),
                made.addon(),
                made.charge(),
                made.price(),
                made.from(),
                made.end(),
                made.reason(),
                made.createdAt(),
                made.createdBy(),
                made.endedAt(),
                made.endedBy());
    }
}
