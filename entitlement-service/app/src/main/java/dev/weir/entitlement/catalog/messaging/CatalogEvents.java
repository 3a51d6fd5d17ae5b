package dev.weir.entitlement.catalog.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the catalog says. */
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
