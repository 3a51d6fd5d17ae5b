package dev.weir.metering.window.app;

import dev.weir.metering.MeteringConfig;
import dev.weir.metering.contract.WatermarkPassed;
import dev.weir.metering.event.app.EventRows;
import dev.weir.metering.window.app.ClosingRows.Closing;
import dev.weir.metering.window.app.ClosingRows.Dirty;
import dev.weir.metering.window.app.ClosingRows.Mark;
import dev.weir.metering.window.app.ClosingRows.ShardPass;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Sha256;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Closes windows: at the watermark, when an operator asks, and again whenever a closed one has changed. Each shard is closed
 * in a transaction of its own, which first counts what waits there; only what has changed gets a next revision.
 */
@ApplicationScoped
public class ClosingService {

    private static final int SHARDS = 256;
    private static final int TRANSACTION_SECONDS = 120;
    private static final String NO_WINDOWS = Sha256.hex("");

    private final ClosingRows rows;
    private final EventRows events;
    private final CountingService counting;
    private final UsagePublisher publisher;
    private final DatabaseClock clock;
    private final MeteringConfig config;

    ClosingService(
            ClosingRows rows,
            EventRows events,
            CountingService counting,
            UsagePublisher publisher,
            DatabaseClock clock,
            MeteringConfig config) {
        this.rows = rows;
        this.events = events;
        this.counting = counting;
        this.publisher = publisher;
        this.clock = clock;
        this.config = config;
    }

    /**
     * What was closed.
     *
     * @param windows how many windows got a next revision
     */
    public record Closed(Instant until, long windows) {}

    /** The watermark as it stands by the clock: nothing before it is expected any more. */
    public Instant watermark() {
        return clock.now().minus(config.watermark().lateness()).truncatedTo(ChronoUnit.MICROS);
    }

    /** Closes every window that began before an instant, as it stands, as its next revision; then says so for every shard. */
    public Closed closeRequested(Instant until) {
        long pass = inTransaction(() -> {
            rows.requestUntil(until);
            return rows.nextPass();
        });
        long windows = 0;
        for (int shard : inTransaction(() -> rows.unfinishedShards(until))) {
            windows += closeShard(shard, until, until, pass, null);
        }
        QuarkusTransaction.requiringNew().run(() -> tell(until, List.of(pass), true));
        return new Closed(until, windows);
    }

    /** Closes what the watermark has passed since the last time, and tells it when every shard is done. */
    public void passWatermark() {
        Instant until = watermark().truncatedTo(ChronoUnit.HOURS);
        if (!isNews(inTransaction(rows::mark), until)) {
            return;
        }
        List<Integer> behind = inTransaction(() -> rows.shardsBehind(until));
        long pass = inTransaction(rows::nextPass);
        for (int shard : behind) {
            closeShard(shard, until, null, pass, until);
        }
        QuarkusTransaction.requiringNew().run(() -> tellWatermark(until, pass));
    }

    private void tellWatermark(Instant until, long pass) {
        Optional<Mark> held = rows.lockMark();
        if (held.isEmpty()
                || !isNews(held.get(), until)
                || !rows.shardsBehind(until).isEmpty()) {
            return;
        }
        rows.passUntil(until);
        tell(until, List.of(pass), false);
    }

    private static boolean isNews(Mark mark, Instant until) {
        Instant passed = mark.passedUntil();
        return passed == null || until.isAfter(passed);
    }

    /** Closes again what has changed behind the watermark, or behind what an operator asked for, once it is quiet. */
    public void closeAgain() {
        Mark mark = inTransaction(rows::mark);
        Instant requested = mark.requestedUntil();
        Instant ended = mark.passedUntil() == null ? Instant.EPOCH : mark.passedUntil();
        Instant now = clock.now();
        List<Integer> shards = inTransaction(() -> rows.quietDirtyShards(
                ended,
                requested,
                now.minus(config.reclose().quiet()),
                now.minus(config.reclose().atMost())));
        if (shards.isEmpty()) {
            return;
        }
        long pass = inTransaction(rows::nextPass);
        shards.forEach(shard -> closeShard(shard, ended, requested, pass, null));
    }

    private long closeShard(
            int shard, Instant ended, @Nullable Instant begun, long pass, @Nullable Instant closedUntil) {
        return inTransaction(() -> {
            events.lockShards(List.of(shard), true);
            counting.countAll(shard);
            long closed = close(rows.dirty(shard, ended, begun), pass);
            if (closedUntil != null) {
                rows.shardClosed(shard, closedUntil);
            }
            return closed;
        });
    }

    private long close(List<Dirty> dirty, long pass) {
        if (dirty.isEmpty()) {
            return 0;
        }
        Map<UUID, String> hashes = rows.contentHashes(
                dirty.stream().map(row -> row.window().frame().id()).toList());
        List<Closing> closings = new ArrayList<>();
        List<UUID> unchanged = new ArrayList<>();
        for (Dirty row : dirty) {
            UsageWindow window = row.window();
            UUID id = window.frame().id();
            String hash = Objects.requireNonNull(hashes.get(id));
            UUID content = content(window, hash);
            if (window.neverUsed() || content.equals(row.closedContent())) {
                unchanged.add(id);
                continue;
            }
            long revision = window.closedRevision() + 1;
            publisher.windowClosed(window, revision, hash);
            closings.add(new Closing(id, revision, content));
        }
        rows.close(closings, pass);
        rows.clean(unchanged);
        return closings.size();
    }

    private void tell(Instant until, List<Long> passes, boolean requested) {
        Map<String, ShardPass> passed = rows.passed(passes);
        HexFormat hex = HexFormat.of();
        for (int number = 0; number < SHARDS; number++) {
            String shard = hex.toHexDigits((byte) number);
            ShardPass pass = passed.getOrDefault(shard, new ShardPass(shard, 0, NO_WINDOWS));
            publisher.watermarkPassed(new WatermarkPassed(shard, until, pass.windows(), pass.hash(), requested));
        }
    }

    private static UUID content(UsageWindow window, String hash) {
        return Ids.of(
                "closed\n" + window.frame() + "\n" + window.totals() + "\n" + window.reportedRevision() + "\n" + hash);
    }

    private static <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).call(work);
    }
}
