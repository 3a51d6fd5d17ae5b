package dev.weir.metering.window.app;

import dev.weir.metering.MeteringConfig;
import dev.weir.metering.event.app.EventRows;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Closes in the background, and keeps the tables in shape. Several processes may do so at once. */
@ApplicationScoped
class ClosingJob {

    private static final int PURGE_AT_ONCE = 5_000;

    private final ClosingService closing;
    private final EventRows events;
    private final DatabaseClock clock;
    private final MeteringConfig config;

    ClosingJob(ClosingService closing, EventRows events, DatabaseClock clock, MeteringConfig config) {
        this.closing = closing;
        this.events = events;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void close() {
        if (config.worker().enabled()) {
            closing.passWatermark();
            closing.closeAgain();
        }
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tidy() {
        Instant now = clock.now();
        QuarkusTransaction.requiringNew().run(() -> events.ensurePartitions(now));
        Instant forgotten =
                now.minus(config.ingest().maxAge()).minus(config.ingest().maxAhead());
        int purged;
        do {
            purged = QuarkusTransaction.requiringNew().call(() -> events.purgeIdentities(forgotten, PURGE_AT_ONCE));
        } while (purged == PURGE_AT_ONCE);
        forget(now);
    }

    /** Forgets raw usage that is past its retention; identities go by their own age, which is shorter. */
    void forget(Instant now) {
        Duration least = config.ingest().maxAge().multipliedBy(2);
        Duration kept = config.retention().events();
        Instant before = now.minus(kept.compareTo(least) < 0 ? least : kept);
        int purged;
        do {
            purged = QuarkusTransaction.requiringNew()
                    .call(() -> events.purgeEvents(before, now.minus(least), PURGE_AT_ONCE));
        } while (purged == PURGE_AT_ONCE);
        QuarkusTransaction.requiringNew().run(() -> events.dropEmptyPartitions(before));
    }
}
