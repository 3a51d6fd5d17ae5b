package dev.weir.billing.account.messaging;

import dev.weir.platform.servicekit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The queue on which the bridge hears entitlement. */
@ApplicationScoped
class EntitlementEvents {
    private final EventConsumer consumer;

    @Inject
    EntitlementEvents(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Incoming("entitlement-events")
    CompletionStage<Void> on(Message<byte[]> message) {
        return consumer.receive(message);
    }
}
