package dev.weir.billing.usage.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The queue on which the bridge hears metering. */
@ApplicationScoped
class MeteringEvents {
    private final EventConsumer consumer;

    @Inject
    MeteringEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("metering-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
