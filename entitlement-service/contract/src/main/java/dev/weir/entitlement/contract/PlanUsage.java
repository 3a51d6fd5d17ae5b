package dev.weir.entitlement.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How many subscriptions hold each version of a plan or an add-on: the state {@code entitlement.plan-usage.v1} (aggregate id
 * {@code plan/<key>} or {@code addon/<key>}, shard 00). Counted in the background, so it follows a change after some
 * seconds: a number for people, not to decide by.
 *
 * @param revision grows with every change of the counts; it is the event's aggregate version too
 * @param versions those that are held, in order; empty if none is any more
 */
public record PlanUsage(Kind kind, String key, long revision, Instant countedAt, List<Held> versions) {

    /** What is held. */
    public enum Kind {
        PLAN,
        ADDON
    }

    /**
     * A version that is held.
     *
     * @param hash of the version's body
     * @param subscriptions how many hold it at {@code countedAt}; a paused one and one on trial count, an ended one does not
     */
    public record Held(int version, String hash, long subscriptions) {
        public Held {
            Objects.requireNonNull(hash, "hash");
        }
    }

    public PlanUsage {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(countedAt, "countedAt");
        versions = versions == null ? List.of() : List.copyOf(versions);
    }
}
