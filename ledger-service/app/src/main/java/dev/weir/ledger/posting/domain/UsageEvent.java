package dev.weir.ledger.posting.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The usage event that a settle speaks of.
 *
 * @param time null = the settle's time
 * @param data null = the settle's dimensions
 * @param dataText the data's top-level scalars as text; null as data is
 */
public record UsageEvent(
        String source,
        String id,
        @Nullable Instant time,
        @Nullable Map<String, Object> data,
        @Nullable Map<String, String> dataText) {
    public UsageEvent {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
    }
}
