package dev.weir.metering.window.app;

import dev.weir.metering.MeteringConfig;
import dev.weir.metering.customer.app.CustomerService;
import dev.weir.metering.event.app.PendingUsage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts in the background, whenever something was committed that has to be counted. Several processes share the work. */
@ApplicationScoped
public class MeteringWorker {

    private static final Logger LOG = Logger.getLogger(MeteringWorker.class);
    private static final int SNAPSHOTS_AT_ONCE = 200;

    private final CountingService counting;
    private final CustomerService customers;
    private final PendingUsage pending;
    private final MeteringConfig config;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    MeteringWorker(CountingService counting, CustomerService customers, PendingUsage pending, MeteringConfig config) {
        this.counting = counting;
        this.customers = customers;
        this.pending = pending;
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        if (config.worker().enabled()) {
            thread = Thread.ofVirtual().name("metering-worker").start(this::run);
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Does all there is to do, once. */
    public void workOff() {
        while (!stopped && customers.applyReady(SNAPSHOTS_AT_ONCE) > 0) {
            LOG.debug("applied snapshots whose bodies have come");
        }
        try {
            while (!stopped && counting.countSome() > 0) {
                LOG.debug("counted usage");
            }
        } catch (RuntimeException e) {
            LOG.warn("a batch could not be counted; its events are counted one by one", e);
            counting.countOneByOne();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                if (pending.await(config.worker().poll())) {
                    Thread.sleep(config.worker().gather());
                }
                workOff();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Nothing is lost: what was not committed is still pending, and the next round takes it up.
                LOG.warn("counting failed and will be tried again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(config.worker().poll());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
