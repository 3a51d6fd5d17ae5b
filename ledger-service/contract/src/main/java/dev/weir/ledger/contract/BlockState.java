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
 * @param moved what went on to other blocks: rolled over, transferred, converted; null from a ledger that does not say = 0
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
        @Nullable Instant expiresAt,
        @Nullable Long moved) {
    public BlockState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        features = features == null ? null : List.copyOf(features);
        moved = moved == null ? Long.valueOf(0) : moved;
    }

    /** A block nothing of which moved on. */
    public BlockState(
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
        this(
                id,
                source,
                sourceReference,
                category,
                priority,
                features,
                granted,
                remaining,
                held,
                consumed,
                expired,
                voided,
                status,
                effectiveAt,
                expiresAt,
                0L);
    }

    /** What went on to other blocks. */
    public long movedOut() {
        return moved == null ? 0 : moved;
    }
}
