package dev.weir.billing.provider.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** What became of a call to a provider. */
public sealed interface Outcome {
    /**
     * It took effect, now or under the same key before.
     *
     * @param begins of a subscription: from when each of its prices bills usage, by the natural key of the price
     */
    record Applied(String remoteId, Map<String, Instant> begins) implements Outcome {
        public Applied {
            Objects.requireNonNull(remoteId, "remoteId");
            begins = Map.copyOf(begins);
        }

        /** It took effect, and nothing about it begins by itself. */
        public Applied(String id) {
            this(id, Map.of());
        }
    }

    /** The provider had it already (a duplicate meter event, an object with our natural key). */
    record AlreadyApplied(String remoteId) implements Outcome {}

    /** It will never take effect as it stands. */
    record Rejected(String code, String detail) implements Outcome {}

    /** It did not run; try again under the same key, not earlier than after that time. */
    record Throttled(Duration after) implements Outcome {}

    /** Another call holds the object or the key; try again under the same key. */
    record Conflict(String detail) implements Outcome {}

    /** It may or may not have taken effect; repeat under the same key. */
    record Unknown(String cause) implements Outcome {}

    /** Our own credentials are refused: no command is at fault, the account is paused. */
    record AccountRefused(String detail) implements Outcome {}
}
