package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.subscription.app.ScheduledChanges.ChangeView;
import dev.weir.entitlement.subscription.domain.ChangeRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a subscription's record.
 *
 * @param status SCHEDULED ones can be revoked
 * @param reference what it was a part of, such as {@code migration:<id>}
 */
public record ChangeResponse(
        UUID id,
        String kind,
        ChangeRecord.Status status,
        Instant effectiveAt,
        Instant recordedAt,
        String author,
        @Nullable String reference) {

    static ChangeResponse of(ChangeView view) {
        ChangeRecord change = view.change();
        return new ChangeResponse(
                change.id(),
                change.kind(),
                view.status(),
                change.effectiveAt(),
                change.recordedAt(),
                change.author(),
                change.reference());
    }
}
