package dev.weir.ledger.payment.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The channel {@code billing-events}. */
@ApplicationScoped
class BillingEvents {
    private final EventConsumer consumer;

    BillingEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("billing-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
