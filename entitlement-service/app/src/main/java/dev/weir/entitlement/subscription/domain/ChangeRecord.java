package dev.weir.entitlement.subscription.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a subscription's record: what was done to its timeline.
 *
 * @param kind CREATED, CHANGED, CANCELED, PAUSED, RESUMED, REPINNED, MIGRATED and so on
 * @param reference what it was a part of, such as {@code migration:<id>}
 * @param revokedAt when it was revoked, before it took effect
 */
public record ChangeRecord(
        UUID id,
        String kind,
        Instant effectiveAt,
        Instant recordedAt,
        String author,
        @Nullable String reference,
        @Nullable Instant revokedAt) {

    /** What has become of it. SUPERSEDED: another change has taken its place before it took effect. */
    public enum Status {
        APPLIED,
        SCHEDULED,
        SUPERSEDED,
        REVOKED
    }

    /** What has become of it by now, on the timeline as it stands. */
    public Status status(Timeline timeline, Instant now) {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        if (!effectiveAt.isAfter(now)) {
            return Status.APPLIED;
        }
        boolean begins =
                timeline.phases().stream().anyMatch(phase -> phase.from().equals(effectiveAt));
        return begins || effectiveAt.equals(timeline.end()) ? Status.SCHEDULED : Status.SUPERSEDED;
    }
}
