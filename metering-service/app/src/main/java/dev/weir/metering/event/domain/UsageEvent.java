package dev.weir.metering.event.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A usage event as it is kept.
 *
 * @param seq its number here, in no particular order
 * @param receivedAt when it came in; with seq it is the row's key
 * @param identity name-based, of source and id
 * @param type CloudEvents type; null for a settled feature that has none
 * @param reported false if it first came with a settled reservation
 */
public record UsageEvent(
        long seq,
        Instant receivedAt,
        UUID identity,
        String customer,
        String source,
        String id,
        @Nullable String type,
        @Nullable String resource,
        Instant time,
        ObjectNode data,
        boolean reported) {
    public UsageEvent {
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(data, "data");
    }
}
