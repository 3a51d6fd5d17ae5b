package dev.weir.platform.servicekit.events;

import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Takes the messages of a channel, gives their events to the handlers, and acknowledges each when its effect is durable. */
public interface EventConsumer {

    /**
     * Takes a message over and returns at once; the broker's prefetch bounds how many are under way. The message is
     * acknowledged by the consumer, later, so the calling method must not do it.
     */
    CompletionStage<Void> receive(Message<byte[]> message);

    /** Handles one event in the calling thread and says what became of it; for tests and tools. */
    Delivery deliver(byte[] payload);

    /** What became of an event. */
    enum Delivery {
        /** The handlers ran. */
        HANDLED,
        /** It had been handled before, or a newer state had; nothing happened. */
        REPEATED,
        /** No handler knows the type; nothing happened. */
        UNKNOWN_TYPE,
        /** It could not be handled and waits for an operator (or, at an edge without a database, was dropped). */
        PARKED
    }
}
