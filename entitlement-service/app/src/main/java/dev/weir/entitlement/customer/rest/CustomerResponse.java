package dev.weir.entitlement.customer.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.customer.domain.Customer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param id the same as {@code customer}, by the name that every other answer uses
 * @param root the owner of its wallets: itself, or its topmost ancestor
 * @param snapshotVersion the version of its entitlements' snapshot
 */
public record CustomerResponse(
        String id,
        String customer,
        @Nullable String name,
        String timeZone,
        @Nullable String country,
        @Nullable String currency,
        @Nullable String parent,
        String root,
        Map<String, JsonNode> metadata,
        boolean archived,
        @Nullable Instant archivedAt,
        long snapshotVersion,
        Instant createdAt,
        Instant updatedAt) {
    static CustomerResponse of(Customer customer) {
        return new CustomerResponse(
                customer.customer(),
                customer.customer(),
                customer.name(),
                customer.timeZone(),
                customer.country(),
                customer.currency(),
                customer.parent(),
                customer.root(),
                customer.metadata(),
                customer.archived(),
                customer.archivedAt(),
                customer.version(),
                customer.createdAt(),
                customer.updatedAt());
    }
}
