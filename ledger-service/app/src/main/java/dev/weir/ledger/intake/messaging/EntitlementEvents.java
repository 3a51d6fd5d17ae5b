package dev.weir.ledger.intake.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The channel {@code entitlement-events}. */
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
