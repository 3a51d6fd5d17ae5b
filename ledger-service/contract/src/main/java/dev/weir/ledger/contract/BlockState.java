package dev.weir.ledger.contract;

import dev.weir.catalog.contract.Category;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block as it stands, in atoms.
 *
 * @param features null = any feature may draw on it
 */
public record BlockState(
        UUID id,
        BlockSource source,
        String sourceReference,
        Category category,
        int priority,
        @Nullable List<String> features,
        long granted,
        long remaining,
        long held,
        long consumed,
        long expired,
        long voided,
        BlockStatus status,
        Instant effectiveAt,
        @Nullable Instant expiresAt) {
    public BlockState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        features = features == null ? null : List.copyOf(features);
    }
}
