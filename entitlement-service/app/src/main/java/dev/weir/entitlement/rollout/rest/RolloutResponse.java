package dev.weir.entitlement.rollout.rest;

import dev.weir.entitlement.rollout.domain.RolloutProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a catalog that was applied for all customers has come.
 *
 * @param visited customers looked at
 * @param moved those of them whose subscriptions were moved to its versions
 */
public record RolloutResponse(
        long catalogVersion,
        Status status,
        long visited,
        long moved,
        Instant requestedAt,
        @Nullable Instant doneAt) {
    /** RUNNING: it waits for what it names, or is under way. */
    public enum Status {
        RUNNING,
        DONE
    }

    static RolloutResponse of(RolloutProgress progress) {
        return new RolloutResponse(
                progress.catalogVersion(),
                progress.doneAt() == null ? Status.RUNNING : Status.DONE,
                progress.visited(),
                progress.repinned(),
                progress.requestedAt(),
                progress.doneAt());
    }
}
