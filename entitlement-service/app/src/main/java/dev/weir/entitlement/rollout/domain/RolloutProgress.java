package dev.weir.entitlement.rollout.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a catalog that was applied for all customers has come.
 *
 * @param visited customers looked at
 * @param repinned those of them whose subscriptions were moved
 * @param doneAt null while it waits or runs
 */
public record RolloutProgress(
        long catalogVersion,
        Instant requestedAt,
        long visited,
        long repinned,
        @Nullable Instant doneAt) {}
