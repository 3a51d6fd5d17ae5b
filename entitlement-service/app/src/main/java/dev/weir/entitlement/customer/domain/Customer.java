package dev.weir.entitlement.customer.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer as it was put.
 *
 * @param root the topmost ancestor; the customer itself if it has none
 * @param timeZone IANA; decides where its periods begin
 * @param country ISO 3166 alpha-2
 * @param currency ISO 4217
 * @param archivedAt null = it is not archived
 */
public record Customer(
        String customer,
        @Nullable String name,
        String timeZone,
        @Nullable String country,
        @Nullable String currency,
        @Nullable String parent,
        String root,
        Map<String, JsonNode> metadata,
        @Nullable Instant archivedAt,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    public Customer {
        metadata = Map.copyOf(metadata);
    }

    /** Whether it is archived. */
    public boolean archived() {
        return archivedAt != null;
    }

    /** Whether both say the same of what a caller decides. */
    public boolean sameAs(Customer other) {
        return withBookkeepingOf(other).equals(other);
    }

    private Customer withBookkeepingOf(Customer other) {
        return new Customer(
                customer,
                name,
                timeZone,
                country,
                currency,
                parent,
                root,
                metadata,
                other.archivedAt,
                other.version,
                other.createdAt,
                other.updatedAt);
    }
}
