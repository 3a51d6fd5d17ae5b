package dev.weir.catalog.usage.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What entitlement says: only how many subscriptions hold which version. */
@ApplicationScoped
class EntitlementEvents {

    private final EventConsumer consumer;

    EntitlementEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("entitlement-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
