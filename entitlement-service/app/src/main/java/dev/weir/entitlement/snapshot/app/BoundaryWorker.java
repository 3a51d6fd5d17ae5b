package dev.weir.entitlement.snapshot.app;

import dev.weir.entitlement.snapshot.persistence.DueTable;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a customer's snapshot anew at the instant at which it changes by itself. Sleeps until the next such instant, and
 * looks at least every so often for those that other instances have scheduled. Several instances share the work; whoever is
 * being changed at the moment is left to the one who changes it.
 */
@Singleton
class BoundaryWorker implements Runnable {
    private static final Logger LOG = Logger.getLogger(BoundaryWorker.class);
    private static final int CUSTOMERS_AT_ONCE = 250;
    private static final Duration LOCKED_BY_OTHERS = Duration.ofMillis(50);
    private static final Duration FAULTY = Duration.ofMinutes(5);

    private final DueTable due;
    private final Boundaries boundaries;
    private final CustomerWrites writes;
    private final Duration look;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    BoundaryWorker(
            DueTable due,
            Boundaries boundaries,
            CustomerWrites writes,
            @ConfigProperty(name = "entitlement.boundary.look") Duration look) {
        this.due = due;
        this.boundaries = boundaries;
        this.writes = writes;
        this.look = look;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("boundaries").start(this);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            running.join(Duration.ofSeconds(2));
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                boundaries.listen();
                Instant next = publishPassed();
                Duration pause = Duration.between(writes.now(), next);
                boundaries.await(next, pause.compareTo(look) > 0 ? look : pause);
            } catch (InterruptedException e) {
                stopped = true;
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.warn("Snapshots could not be made anew at their boundaries; it is tried again", e);
                    rest();
                }
            }
        }
    }

    /** Publishes every snapshot whose boundary has passed; answers when to look again. */
    private Instant publishPassed() {
        while (true) {
            Instant now = writes.now();
            List<String> passed = due.passed(now, CUSTOMERS_AT_ONCE);
            if (passed.isEmpty()) {
                return due.first().orElse(now.plus(look));
            }
            if (publishSome(passed) == 0) {
                return now.plus(LOCKED_BY_OTHERS);
            }
        }
    }

    /** All in one transaction; if that fails, each by itself, so that the one at fault holds up no other. */
    private int publishSome(List<String> passed) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> publish(passed));
        } catch (RuntimeException together) {
            LOG.warn("Some snapshots could not be made together; each is tried by itself", together);
        }
        int published = 0;
        for (String customer : passed) {
            try {
                published += QuarkusTransaction.requiringNew().call(() -> publish(List.of(customer)));
            } catch (RuntimeException alone) {
                LOG.errorf(alone, "The snapshot of %s cannot be made; it is tried again in %s", customer, FAULTY);
                Optional<Instant> later = Optional.of(writes.now().plus(FAULTY));
                QuarkusTransaction.requiringNew().run(() -> due.schedule(Map.of(customer, later)));
                published++;
            }
        }
        return published;
    }

    private int publish(List<String> passed) {
        List<String> mine = due.lockPassed(passed, writes.now());
        if (!mine.isEmpty()) {
            writes.publishOnly(mine);
        }
        return mine.size();
    }

    private void rest() {
        try {
            Thread.sleep(look);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
