package dev.weir.entitlement.planusage.app;

import dev.weir.entitlement.contract.PlanUsage;
import dev.weir.entitlement.contract.PlanUsage.Held;
import dev.weir.entitlement.planusage.persistence.PlanUsageTable;
import dev.weir.entitlement.planusage.persistence.PlanUsageTable.Count;
import dev.weir.entitlement.planusage.persistence.PlanUsageTable.Counted;
import dev.weir.entitlement.planusage.persistence.PlanUsageTable.Key;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the catalog how many subscriptions hold each version, so that whoever changes the catalog sees whom it touches. It
 * counts when a timeline has changed, and now and then since phases also begin and end by themselves.
 */
@Singleton
public class PlanUsageWorker {

    /** Counts belong to no customer, so they travel on one shard. */
    private static final String SHARD = "00";

    private static final Duration ANYWAY = Duration.ofSeconds(30);

    /** After a count it rests so many times as long as the count took: the more there is to count, the less often. */
    private static final int REST = 20;

    private static final long REST_MAX_NANOS = Duration.ofSeconds(5).toNanos();

    private final PlanUsageTable table;
    private final Outbox outbox;
    private final DatabaseClock clock;

    private volatile long restsUntil = System.nanoTime();

    PlanUsageWorker(PlanUsageTable table, Outbox outbox, DatabaseClock clock) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(every = "{entitlement.plan-usage.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        long began = System.nanoTime();
        if (began - restsUntil >= 0) {
            QuarkusTransaction.requiringNew().run(this::count);
            long ended = System.nanoTime();
            restsUntil = ended + Math.min(REST * (ended - began), REST_MAX_NANOS);
        }
    }

    /** Counts if there may be something new, and publishes what is different. */
    void count() {
        Optional<Count> last = table.lock();
        if (last.isEmpty()) {
            return;
        }
        Instant now = clock.now();
        long seq = table.latestSeq();
        boolean changed = seq != last.get().seq();
        if (!changed && now.isBefore(last.get().at().plus(ANYWAY))) {
            return;
        }
        Map<Key, List<Held>> counts = table.count(now);
        Map<Key, Counted> published = table.published();
        Set<Key> keys = new LinkedHashSet<>(published.keySet());
        keys.addAll(counts.keySet());
        for (Key key : keys) {
            Counted before = published.getOrDefault(key, new Counted(0, List.of()));
            List<Held> held = counts.getOrDefault(key, List.of());
            if (!held.equals(before.versions())) {
                publish(new PlanUsage(key.kind(), key.key(), before.revision() + 1, now, held));
            }
        }
        table.counted(new Count(seq, now));
    }

    private void publish(PlanUsage usage) {
        table.put(usage);
        String aggregate = usage.kind().name().toLowerCase(Locale.ROOT) + "/" + usage.key();
        outbox.state("entitlement.plan-usage", aggregate, usage.revision(), SHARD, usage);
    }
}
