package dev.weir.platform.servicekit.inbox;

import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.events.EventConsumer;
import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.Handlers;
import dev.weir.platform.servicekit.events.IncomingEvent;
import dev.weir.platform.servicekit.events.KeyWait;
import dev.weir.platform.servicekit.events.Lanes;
import dev.weir.platform.servicekit.events.MalformedEventException;
import dev.weir.platform.servicekit.outbox.FaultHook;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Handles each event in one transaction together with the row that records it, and acknowledges it after the commit: a crash
 * in between delivers it again, and the row shows that it was handled. What fails again and again is parked, so that it
 * neither blocks the others nor gets lost.
 */
@Singleton
public class TransactionalConsumer implements EventConsumer {

    private static final Logger LOG = Logger.getLogger(TransactionalConsumer.class);
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Handlers handlers;
    private final Lanes lanes;
    private final InboxStore inbox;
    private final ParkedMessages parked;
    private final KeyWait keyWait;
    private final FaultHook faults;
    private final MeterRegistry metrics;

    TransactionalConsumer(
            Handlers handlers,
            Lanes lanes,
            InboxStore inbox,
            ParkedMessages parked,
            KeyWait keyWait,
            FaultHook faults,
            MeterRegistry metrics) {
        this.handlers = handlers;
        this.lanes = lanes;
        this.inbox = inbox;
        this.parked = parked;
        this.keyWait = keyWait;
        this.faults = faults;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<Void> receive(Message<byte[]> message) {
        lanes.start(() -> {
            deliver(message.getPayload());
            faults.reached(FaultHook.Point.BEFORE_ACK);
            message.ack().toCompletableFuture().join();
        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Delivery deliver(byte[] payload) {
        Delivery delivery = untilDone(payload);
        metrics.counter("weir_events_consumed", "outcome", delivery.name()).increment();
        if (delivery == Delivery.HANDLED) {
            keyWait.signal();
        }
        return delivery;
    }

    private Delivery untilDone(byte[] payload) {
        Duration pause = FIRST_PAUSE;
        @Nullable IncomingEvent event = null;
        for (int attempt = 1; ; ) {
            try {
                IncomingEvent read = event == null ? Envelope.read(payload) : event;
                event = read;
                return lanes.inLane(() -> once(read));
            } catch (RuntimeException e) {
                if (Trouble.isOfDatabase(e)) {
                    LOG.warnf("The database is not available, the message waits: %s", e);
                } else if (attempt >= ATTEMPTS_MAX || e instanceof MalformedEventException) {
                    park(payload, event, e, attempt);
                    return Delivery.PARKED;
                } else {
                    LOG.debugf(e, "Attempt %d failed", attempt);
                    attempt++;
                }
            }
            sleep(pause);
            pause = longer(pause);
        }
    }

    /** Handles an event in one transaction, once, without retries; the exception tells why it failed. */
    Delivery once(IncomingEvent event) {
        List<EventHandler> known = handlers.of(event.type());
        if (known.isEmpty()) {
            return Delivery.UNKNOWN_TYPE;
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            if (!inbox.isNew(event)) {
                return Delivery.REPEATED;
            }
            for (EventHandler handler : known) {
                handler.handle(event);
            }
            return Delivery.HANDLED;
        });
    }

    private void park(byte[] payload, @Nullable IncomingEvent event, RuntimeException failure, int attempts) {
        LOG.errorf(failure, "A message was parked after %d attempts", attempts);
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                parked.park(payload, event, failure, attempts);
                return;
            } catch (RuntimeException e) {
                // It must not be acknowledged before it is safe.
                LOG.errorf(e, "A message could not be parked and waits");
            }
            sleep(pause);
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a message waited for its next attempt", e);
        }
    }
}
