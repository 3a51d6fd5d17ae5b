package dev.weir.metering.window.app;

import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.window.domain.CountedUsage;
import dev.weir.metering.window.domain.Recount.Period;
import dev.weir.metering.window.domain.UsageWindow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where counted usage and windows are kept; everything in the caller's transaction, which holds the shards concerned. */
public interface WindowRows {

    /** An event that waits to be counted for a customer. */
    record Pending(long id, String customer, UsageEvent event) {}

    /** Shards in which something waits. */
    List<Integer> pendingShards(int limit);

    /** The longest waiting of these shards. */
    List<Pending> pending(Set<Integer> shards, int limit);

    /** The longest waiting of all shards, by id, with the customer's shard. */
    Map<Long, Integer> pendingIds(int limit);

    /** One that waits; empty if it was served. */
    Optional<Pending> pending(long id);

    /** Sets one aside that cannot be counted, to be tried again after a while that grows with each attempt. */
    void setAside(long id, String error);

    /** Takes what was counted off the list. */
    void deletePending(Collection<Pending> served);

    /** Whether anything waits for the customer. */
    boolean hasPending(String customer);

    /** The settlements of events, by their number. */
    Map<Long, List<Settlement>> settlements(Collection<UsageEvent> events);

    /** What was taken back of events, by their identity. */
    Map<UUID, List<Reversal>> reversals(Collection<UsageEvent> events);

    /** What events count for so far, by their number. */
    Map<Long, List<CountedUsage>> counted(Collection<UsageEvent> events);

    /** Forgets parts. */
    void delete(Collection<CountedUsage> removed);

    /** Keeps parts. */
    void insert(Collection<CountedUsage> added);

    /** The windows with these ids. */
    Map<UUID, UsageWindow> windows(Collection<UUID> ids);

    /** The windows of a period. */
    Map<UUID, UsageWindow> windows(Period period);

    /** The reported parts of windows. */
    List<CountedUsage> reportedIn(Collection<UUID> windows);

    /** Keeps windows, which have to be closed (again). */
    void save(Collection<UsageWindow> windows, Instant now);
}
