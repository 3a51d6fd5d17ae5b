package dev.weir.entitlement.trial.app;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks for trials whose end is near or past. */
@Singleton
public class TrialWorker {
    // Most trials end while this looks on. Now and then it looks further back: at what was down, and at what was
    // back-dated.
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration ALL = Duration.ofDays(30);
    private static final int TICKS_BETWEEN_ALL = 10;

    private final TrialNotices notices;
    private final List<Duration> reminders;
    private final AtomicInteger ticks = new AtomicInteger();

    TrialWorker(TrialNotices notices, @ConfigProperty(name = "entitlement.trial.reminders") List<Duration> reminders) {
        this.notices = notices;
        this.reminders = List.copyOf(reminders);
    }

    @Scheduled(every = "{entitlement.trial.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        Duration late = ticks.getAndIncrement() % TICKS_BETWEEN_ALL == 0 ? ALL : FRESH;
        boolean more = true;
        while (more) {
            more = notices.tellEnded(late);
            for (Duration before : reminders) {
                more |= notices.remind(before);
            }
        }
    }
}
