package dev.weir.platform.servicekit.events;

import io.quarkus.arc.Arc;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Virtual threads for handlers, of which only so many work at the same time, so that they leave database connections for
 * everyone else. Whoever waits between retries gives up its lane.
 */
@Singleton
public class Lanes {

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    private final Semaphore lanes;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("weir-event-", 0).factory());

    Lanes(@ConfigProperty(name = "weir.consumer.concurrency", defaultValue = "12") int concurrency) {
        this.lanes = new Semaphore(concurrency);
    }

    /** Starts work on a virtual thread of its own, with an active request context. */
    public void start(Runnable work) {
        threads.execute(() -> {
            var requestContext = Arc.container().requestContext();
            requestContext.activate();
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("A message was left unacknowledged; the broker will deliver it again", e);
            } finally {
                requestContext.terminate();
            }
        });
    }

    /** Runs work in a lane; waits for one if all are taken. */
    public <T> T inLane(Supplier<T> work) {
        lanes.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            lanes.release();
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
