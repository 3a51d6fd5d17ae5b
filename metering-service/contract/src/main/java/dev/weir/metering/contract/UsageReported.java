package dev.weir.metering.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One reported event of a CREDIT feature, for the ledger to rate and debit: the fact {@code metering.usage-reported.v1} (event
 * id = {@code usage:} + SHA-256 of source, id and feature; shard of the root, or of the customer while the root is unknown).
 * The ledger's charge key is (source, id, feature).
 *
 * @param dimensions the event's data, values as text
 * @param windowStart metering's key for the window; the ledger books the debit there
 */
public record UsageReported(
        String customer,
        String root,
        @Nullable String resource,
        String feature,
        String source,
        String id,
        String type,
        Instant time,
        Map<String, String> dimensions,
        Instant windowStart,
        Instant windowEnd) {
    public UsageReported {
        Objects.requireNonNull(customer, "customer");
        dimensions = dimensions == null ? Map.of() : Map.copyOf(dimensions);
    }
}
