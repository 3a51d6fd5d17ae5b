package dev.weir.ledger.usage.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The channel {@code metering-events}. */
@ApplicationScoped
class MeteringEvents {
    private final EventConsumer consumer;

    MeteringEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("metering-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
