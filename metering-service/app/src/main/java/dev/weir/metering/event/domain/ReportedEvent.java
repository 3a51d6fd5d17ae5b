package dev.weir.metering.event.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed event that someone reports.
 *
 * @param time null = now
 * @param data null = none given
 */
public record ReportedEvent(
        String source,
        String id,
        String type,
        String subject,
        @Nullable String resource,
        @Nullable Instant time,
        @Nullable ObjectNode data) {
    public ReportedEvent {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subject, "subject");
    }

    /** Its identity. */
    public UUID identity() {
        return EventContent.identity(source, id);
    }

    /** What it says. */
    public EventContent content() {
        return EventContent.of(type, subject, resource, data, time);
    }
}
