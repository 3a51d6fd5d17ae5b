package dev.weir.platform.servicekit.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The consumer of a process without a database, such as an edge: its caches load what they miss, so an event that cannot be
 * handled is logged, counted and dropped. With a database the service kit's transactional consumer takes its place.
 */
@Singleton
@DefaultBean
public class PlainConsumer implements EventConsumer {

    private static final Logger LOG = Logger.getLogger(PlainConsumer.class);

    private final Handlers handlers;
    private final Lanes lanes;
    private final KeyWait keyWait;
    private final MeterRegistry metrics;

    PlainConsumer(Handlers handlers, Lanes lanes, KeyWait keyWait, MeterRegistry metrics) {
        this.handlers = handlers;
        this.lanes = lanes;
        this.keyWait = keyWait;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<Void> receive(Message<byte[]> message) {
        lanes.start(() -> {
            lanes.inLane(() -> deliver(message.getPayload()));
            message.ack().toCompletableFuture().join();
        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Delivery deliver(byte[] payload) {
        Delivery delivery = handle(payload);
        metrics.counter("weir_events_consumed", "outcome", delivery.name()).increment();
        return delivery;
    }

    private Delivery handle(byte[] payload) {
        try {
            IncomingEvent event = Envelope.read(payload);
            List<EventHandler> known = handlers.of(event.type());
            if (known.isEmpty()) {
                return Delivery.UNKNOWN_TYPE;
            }
            for (EventHandler handler : known) {
                handler.handle(event);
            }
            keyWait.signal();
            return Delivery.HANDLED;
        } catch (RuntimeException e) {
            LOG.error("An event could not be handled and was dropped", e);
            return Delivery.PARKED;
        }
    }
}
