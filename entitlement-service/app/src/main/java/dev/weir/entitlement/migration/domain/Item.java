package dev.weir.entitlement.migration.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a migration did to one subscription.
 *
 * @param subscription null: a customer was named who has none that is to be moved
 * @param code why it was skipped or failed, or what was passed over
 * @param fromPlan the plan that it was on; its version beside it
 * @param effectiveAt when the move takes or took effect
 * @param deferred whether that waits for its period's end, since a limit would drop
 * @param change the entry of its timeline that the migration made
 */
public record Item(
        long seq,
        String customer,
        @Nullable UUID subscription,
        State state,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String fromPlan,
        @Nullable Integer fromVersion,
        @Nullable Instant effectiveAt,
        boolean deferred,
        @Nullable UUID change,
        @Nullable Instant doneAt) {

    /** As it is stored. */
    public enum State {
        PENDING,
        CANCELING,
        MOVED,
        SKIPPED,
        FAILED,
        CANCELED;
    }

    /** Moved, or scheduled to be. */
    public Item moved(String plan, int version, Instant effective, boolean waits, Instant at) {
        return new Item(
                seq, customer, subscription, State.MOVED, null, null, plan, version, effective, waits, null, at);
    }

    /** With the entry that the migration made. */
    public Item madeBy(UUID entry) {
        return new Item(
                seq,
                customer,
                subscription,
                state,
                code,
                detail,
                fromPlan,
                fromVersion,
                effectiveAt,
                deferred,
                entry,
                doneAt);
    }

    /** Done, without a change. */
    public Item without(State other, String because, String why, Instant at) {
        return new Item(
                seq,
                customer,
                subscription,
                other,
                because,
                why,
                fromPlan,
                fromVersion,
                effectiveAt,
                deferred,
                change,
                at);
    }
}
