package dev.weir.ledger.window.app;

import dev.weir.ledger.contract.WindowException;
import dev.weir.ledger.window.WindowConfig;
import dev.weir.ledger.window.domain.UsageWindow;
import dev.weir.ledger.window.domain.Verdict;
import dev.weir.ledger.window.persistence.WindowTable;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes windows on which ledger and metering agree, and puts those that do not agree in time on finance's list. Bookings only
 * mark their window; this looks at what is marked, so the write path of reservations pays nothing for it.
 */
@ApplicationScoped
public class WindowCloser {
    private static final Logger LOG = Logger.getLogger(WindowCloser.class);
    // Bookings wait while a window is examined.
    private static final int BATCH = 50;

    private final WindowTable table;
    private final Outbox outbox;
    private final DatabaseClock clock;
    private final WindowConfig config;
    private volatile boolean running = true;

    @Inject
    public WindowCloser(WindowTable table, Outbox outbox, DatabaseClock clock, WindowConfig config) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("window-closer").start(this::loop);
    }

    void stop(@Observes ShutdownEvent stopped) {
        running = false;
    }

    private void loop() {
        while (running) {
            try {
                if (examineDue() < BATCH) {
                    Thread.sleep(config.interval());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                if (running) {
                    LOG.warn("examining windows failed; trying again", failure);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(config.interval().multipliedBy(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Examines the windows that are due; answers how many. */
    public int examineDue() {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<UsageWindow> due = table.lockDue(BATCH);
            Instant now = clock.now();
            due.forEach(window -> act(window, now));
            return due.size();
        });
    }

    /** Metering's word on a window. Unlimited features have no window in the ledger. */
    public void meteringClosed(dev.weir.metering.contract.WindowClosed word) {
        if (word.unlimited()) {
            return;
        }
        table.heard(word, config.grace());
        examine(word.windowId());
    }

    /** The watermark of a shard has passed. */
    public void watermarkPassed(dev.weir.metering.contract.WatermarkPassed passed) {
        table.watermark(Integer.parseInt(passed.shard(), 16), passed.until(), passed.requested(), config.grace());
    }

    /** Examines one window, within the caller's transaction. */
    void examine(UUID windowId) {
        table.lock(windowId).ifPresent(window -> act(window, clock.now()));
    }

    private void act(UsageWindow window, Instant now) {
        UUID id = window.identity().windowId();
        switch (window.verdict(now)) {
            case Verdict.Nothing nothing -> table.examined(id, true);
            case Verdict.Close close -> close(window, now);
            case Verdict.Raise(WindowException.Reason reason) -> {
                Instant since = window.published().exceptionSince();
                publish(window, reason, true, window.published().exceptionOpen() && since != null ? since : now);
                table.examined(id, false);
            }
        }
    }

    private void close(UsageWindow window, Instant now) {
        UUID id = window.identity().windowId();
        long revision = window.published().revision() + 1;
        outbox.fact(
                "ledger.window-closed",
                id + ":" + revision,
                id.toString(),
                Shard.of(window.identity().root()),
                window.closing(revision));
        table.closed(id);
        WindowException.Reason reason = window.published().exceptionReason();
        if (window.published().exceptionOpen() && reason != null) {
            Instant since = window.published().exceptionSince();
            publish(window, reason, false, since == null ? now : since);
        }
    }

    private void publish(UsageWindow window, WindowException.Reason reason, boolean open, Instant since) {
        UUID id = window.identity().windowId();
        outbox.state(
                "ledger.window-exception",
                id.toString(),
                window.published().exceptionVersion() + 1,
                Shard.of(window.identity().root()),
                window.exception(reason, open, since));
        table.exception(id, open, reason, since);
    }
}
