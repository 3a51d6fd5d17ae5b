package dev.weir.entitlement.trial.app;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks for trials whose end is near or past. */
@Singleton
public class TrialWorker {
    private final TrialNotices notices;
    private final List<Duration> reminders;

    TrialWorker(TrialNotices notices, @ConfigProperty(name = "entitlement.trial.reminders") List<Duration> reminders) {
        this.notices = notices;
        this.reminders = List.copyOf(reminders);
    }

    @Scheduled(every = "{entitlement.trial.interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        boolean more = true;
        while (more) {
            more = notices.tellEnded();
            for (Duration before : reminders) {
                more |= notices.remind(before);
            }
        }
    }
}
