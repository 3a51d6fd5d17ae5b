package dev.weir.billing.account.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The queue on which the bridge hears the catalog. */
@ApplicationScoped
class CatalogEvents {
    private final EventConsumer consumer;

    @Inject
    CatalogEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("catalog-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
