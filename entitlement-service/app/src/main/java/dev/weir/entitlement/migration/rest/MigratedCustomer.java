package dev.weir.entitlement.migration.rest;

import dev.weir.entitlement.migration.domain.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a migration did to one subscription of a customer.
 *
 * @param subscription not there for a customer who was named and has nothing to move
 * @param code why it was skipped or failed, or what was passed over
 * @param from the version that it was on
 * @param deferred whether it waits for its period's end, since a limit would drop
 */
public record MigratedCustomer(
        String customer,
        @Nullable UUID subscription,
        Status status,
        @Nullable String code,
        @Nullable String detail,
        MigrationResponse.@Nullable Target from,
        @Nullable Instant effectiveAt,
        boolean deferred,
        @Nullable Instant doneAt) {

    /** What became of it; SCHEDULED: it stands on its timeline and takes effect at {@code effectiveAt}. */
    public enum Status {
        PENDING,
        MOVED,
        SCHEDULED,
        SKIPPED,
        FAILED,
        CANCELED
    }

    static MigratedCustomer of(Item item, Instant now) {
        String plan = item.fromPlan();
        Integer version = item.fromVersion();
        return new MigratedCustomer(
                item.customer(),
                item.subscription(),
                status(item, now),
                item.code(),
                item.detail(),
                plan == null || version == null ? null : new MigrationResponse.Target(plan, version),
                item.effectiveAt(),
                item.deferred(),
                item.doneAt());
    }

    private static Status status(Item item, Instant now) {
        return switch (item.state()) {
            case PENDING, CANCELING -> Status.PENDING;
            case MOVED ->
                item.effectiveAt() != null && item.effectiveAt().isAfter(now) ? Status.SCHEDULED : Status.MOVED;
            case SKIPPED -> Status.SKIPPED;
            case FAILED -> Status.FAILED;
            case CANCELED -> Status.CANCELED;
        };
    }
}
