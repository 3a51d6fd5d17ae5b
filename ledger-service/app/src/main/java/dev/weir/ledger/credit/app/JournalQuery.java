package dev.weir.ledger.credit.app;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which journal rows to show.
 *
 * @param after only rows with a higher sequence number
 */
public record JournalQuery(
        long after,
        int limit,
        @Nullable String event,
        @Nullable UUID reservation) {}
