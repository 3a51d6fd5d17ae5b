package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.domain.ChangeRecord;
import dev.weir.entitlement.subscription.domain.EndReason;
import dev.weir.entitlement.subscription.domain.Subscription;
import dev.weir.entitlement.subscription.domain.Timeline;
import dev.weir.entitlement.subscription.persistence.SubscriptionTables;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows what was done to a subscription and what is scheduled, and revokes what has not taken effect. */
@Singleton
public class ScheduledChanges {

    /** An entry of the record and what has become of it. */
    public record ChangeView(ChangeRecord change, ChangeRecord.Status status) {}

    private final SubscriptionTables tables;
    private final SubscriptionService service;
    private final SubscriptionChanges changes;
    private final CustomerWrites clock;

    ScheduledChanges(
            SubscriptionTables tables, SubscriptionService service, SubscriptionChanges changes, CustomerWrites clock) {
        this.tables = tables;
        this.service = service;
        this.changes = changes;
        this.clock = clock;
    }

    /** The record of a subscription, in the order in which it was written. */
    public List<ChangeView> list(String customer, UUID id, @Nullable UUID after, int limit) {
        Timeline timeline = service.find(customer, id).timeline();
        Instant now = clock.now();
        return tables.changes(id, after, limit).stream()
                .map(change -> new ChangeView(change, change.status(timeline, now)))
                .toList();
    }

    /**
     * Revokes a change that has not taken effect: what was in force goes on. 404 UNKNOWN_CHANGE, 409 CHANGE_NOT_SCHEDULED; 409
     * SUBSCRIPTION_EXISTS if another subscription was to follow an end.
     */
    public Written<SubscriptionView> revoke(String customer, UUID id, UUID change, String author) {
        return changes.move(customer, id, "REVOKED", author, (subscription, locked) -> {
            ChangeRecord known = tables.change(id, change)
                    .orElseThrow(() ->
                            Problem.notFound("UNKNOWN_CHANGE", "the subscription " + id + " has no change " + change));
            ChangeRecord.Status status = known.status(subscription.timeline(), locked.now());
            if (status != ChangeRecord.Status.SCHEDULED || known.kind().equals("CREATED")) {
                throw Problem.conflict(
                        "CHANGE_NOT_SCHEDULED", "the change is " + status + " and can no longer be revoked");
            }
            return taken(subscription, known, locked.now());
        });
    }

    /** Takes back a cancellation that has not taken effect. 409 NOT_CANCELED, SUBSCRIPTION_ENDED. */
    public Written<SubscriptionView> uncancel(String customer, UUID id, String author) {
        return changes.move(customer, id, "UNCANCELED", author, (subscription, locked) -> {
            SubscriptionChanges.requireLiving(subscription, locked.now());
            Timeline timeline = subscription.timeline();
            if (timeline.phases().getLast().end() != EndReason.CANCELED) {
                throw Problem.conflict("NOT_CANCELED", "no cancellation is scheduled");
            }
            ChangeRecord canceled = tables.latest(id, "CANCELED").orElse(null);
            return canceled == null
                    ? new SubscriptionChanges.Step(free(subscription, timeline.reopened()), locked.now())
                    : taken(subscription, canceled, locked.now());
        });
    }

    private SubscriptionChanges.Step taken(Subscription subscription, ChangeRecord change, Instant now) {
        Timeline timeline = subscription.timeline();
        boolean latest = change.id()
                .equals(tables.latestChanges(List.of(subscription.id())).get(subscription.id()));
        Timeline after;
        if (latest) {
            after = timeline.restored(tables.before(subscription.id(), change.id()), change.effectiveAt(), now);
        } else if (change.effectiveAt().equals(timeline.end())) {
            if (timeline.phases().getLast().trial() != null) {
                throw Problem.conflict(
                        "CHANGED_SINCE",
                        "the trial was changed since it was canceled; change the subscription instead");
            }
            after = timeline.reopened();
        } else {
            after = timeline.withoutChangeAt(change.effectiveAt());
        }
        free(subscription, after);
        tables.revoked(change.id(), now);
        return new SubscriptionChanges.Step(after, now);
    }

    private Timeline free(Subscription subscription, Timeline after) {
        service.requireFree(subscription.with(after));
        return after;
    }
}
