package dev.weir.entitlement.price.domain;

import dev.weir.catalog.contract.Price;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A price agreed with one customer, as it is on record. One of {@code plan} and {@code addon} is there.
 *
 * @param charge key of the charge in the plan or add-on, whatever its version
 * @param to as it was agreed; null = open
 * @param endedAt when someone ended it early
 */
public record PriceOverride(
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

    /** When it ceases to hold; null = open. */
    public @Nullable Instant end() {
        return endedAt == null || (to != null && to.isBefore(endedAt)) ? to : endedAt;
    }
}
