package dev.weir.metering.window.app;

import dev.weir.metering.window.domain.UsageWindow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where it is kept what has been closed; everything in the caller's transaction. */
public interface ClosingRows {

    /**
     * A window that changed since it was last closed.
     *
     * @param closedContent what was said at its last closing; null = never closed
     */
    record Dirty(UsageWindow window, @Nullable UUID closedContent) {}

    /** A window that was closed. */
    record Closing(UUID window, long revision, UUID content) {}

    /** What a pass has closed in one shard of roots. */
    record ShardPass(String shard, long windows, String hash) {}

    /**
     * How far it has been closed; null = never.
     *
     * @param passedUntil the watermark that was told last
     * @param requestedUntil the latest instant that an operator asked for
     */
    record Mark(@Nullable Instant passedUntil, @Nullable Instant requestedUntil) {}

    /** Numbers a pass. */
    long nextPass();

    /** Changed windows of known customers that ended by {@code ended}, or began before {@code begun}. */
    List<Dirty> dirty(int workShard, Instant ended, @Nullable Instant begun);

    /** Shards with changed windows that ended by {@code ended} or began before {@code begun}, and are quiet or overdue. */
    List<Integer> quietDirtyShards(Instant ended, @Nullable Instant begun, Instant quietSince, Instant dirtySince);

    /** Shards in which anything waits to be counted or closed. */
    List<Integer> unfinishedShards(Instant begun);

    /** The SHA-256 over the sorted identities of the events counted in windows. */
    Map<UUID, String> contentHashes(Collection<UUID> windows);

    /** Notes windows as closed. */
    void close(Collection<Closing> closings, long pass);

    /** Lets windows be clean without a word, since there is nothing new to say of them. */
    void clean(Collection<UUID> windows);

    /** What a pass has closed, by the shard of the root. */
    Map<String, ShardPass> passed(Collection<Long> passes);

    /** Shards that have not been closed up to that instant. */
    List<Integer> shardsBehind(Instant until);

    /** Notes that a shard has been closed up to that instant. */
    void shardClosed(int workShard, Instant until);

    /** How far it has been closed. */
    Mark mark();

    /** The same, locked; empty if somebody else holds it. */
    Optional<Mark> lockMark();

    /** Moves the watermark. */
    void passUntil(Instant until);

    /** Moves what was asked for. */
    void requestUntil(Instant until);
}
