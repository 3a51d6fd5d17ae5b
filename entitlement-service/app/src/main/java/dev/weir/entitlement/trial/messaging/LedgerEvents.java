package dev.weir.entitlement.trial.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the ledger says of trials. */
@ApplicationScoped
class LedgerEvents {
    private final EventConsumer consumer;

    LedgerEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("ledger-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
