package dev.weir.billing.sync.domain;

import dev.weir.billing.provider.domain.ProviderCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command as stored.
 *
 * @param idempotencyKey fixed before the first call; a new generation gets a new one
 * @param generation 1, and one more for every new key: from 2 on an object is looked up before it is made
 * @param firstSentAt null before the first call
 */
public record SyncCommand(
        long seq,
        String naturalKey,
        String orderingKey,
        ProviderCommand command,
        String idempotencyKey,
        int generation,
        int attempts,
        @Nullable Instant firstSentAt) {}
