package dev.weir.ledger.intake.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The channel {@code catalog-events}. */
@ApplicationScoped
class CatalogEvents {
    private final EventConsumer consumer;

    CatalogEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("catalog-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
