package dev.weir.metering.event.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.metering.event.domain.EventContent;
import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where events are kept; everything in the caller's transaction. */
public interface EventRows {

    /** An event to be kept. */
    record NewEvent(
            UUID identity,
            String customer,
            String source,
            String id,
            @Nullable String type,
            @Nullable String resource,
            Instant time,
            ObjectNode data,
            boolean reported,
            EventContent content) {
        public NewEvent {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(content, "content");
        }
    }

    /** What is known of an identity that was taken before. */
    record KnownEvent(UUID identity, long seq, Instant receivedAt, EventContent content) {}

    /** Keeps the events whose identity is free, to be counted; answers their numbers by identity. The others stay as they are. */
    Map<UUID, Long> insertNew(List<NewEvent> events, Instant receivedAt);

    /** The events with these identities. */
    Map<UUID, KnownEvent> known(Collection<UUID> identities);

    /** The event, locked; empty if it is past its retention. */
    Optional<UsageEvent> lock(KnownEvent known);

    /** Lets other content stand for an event. */
    void replace(UsageEvent event, EventContent content);

    /** Lists the content that gave way to a settled reservation's. */
    void insertConflict(UsageEvent gaveWay, UUID reservation, Instant foundAt);

    /** Adds a settlement to an event; false if it is there. */
    boolean insertSettlement(long seq, Instant receivedAt, Settlement settlement);

    /** Keeps a reversal; false if it is there. */
    boolean insertReversal(Reversal reversal);

    /** Whether any reservation was settled for the event. */
    boolean hasSettlement(long seq, Instant receivedAt);

    /** Lets an event be counted (again) for a customer. */
    void insertPending(String customer, long seq, Instant receivedAt);

    /** Lets every event of a customer since a time be counted again. */
    int insertPendingSince(String customer, Instant from, Instant receivedSince);

    /** Locks shards against counting until the transaction ends: all of them, or those that nobody holds. */
    Set<Integer> lockShards(Collection<Integer> shards, boolean wait);

    /** A customer's events before a place, latest first. */
    List<UsageEvent> list(String customer, Instant before, long beforeSeq, int limit);

    /** Forgets identities received before that; answers how many. */
    int purgeIdentities(Instant before, int limit);

    /**
     * Forgets events received before an instant, with all that was counted of them; the totals of their windows stay. Kept are
     * those that still wait to be counted, and those that a period folds over which has not ended by {@code periodsEnded}.
     *
     * @return how many
     */
    int purgeEvents(Instant receivedBefore, Instant periodsEnded, int limit);

    /** Drops the partitions of months that were over by then and are empty; answers how many. */
    int dropEmptyPartitions(Instant before);

    /** Sees to it that the partitions of this month and the two after it are there. */
    void ensurePartitions(Instant around);
}
