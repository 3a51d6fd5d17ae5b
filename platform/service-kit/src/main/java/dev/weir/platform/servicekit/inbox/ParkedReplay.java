package dev.weir.platform.servicekit.inbox;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.events.EventConsumer.Delivery;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/** Tries a parked message again, now, in the operator's request. */
@Singleton
public class ParkedReplay {

    private static final Logger LOG = Logger.getLogger(ParkedReplay.class);

    private final ParkedMessages parked;
    private final TransactionalConsumer consumer;
    private final KeyWait keyWait;

    ParkedReplay(ParkedMessages parked, TransactionalConsumer consumer, KeyWait keyWait) {
        this.parked = parked;
        this.consumer = consumer;
        this.keyWait = keyWait;
    }

    /**
     * Handles the message as if it had just come. If it fails again it stays parked.
     *
     * @throws Problem 409 if it fails again
     */
    public Delivery replay(ParkedMessage message, String who) {
        Delivery delivery;
        try {
            delivery = consumer.once(Envelope.read(message.payload().getBytes(StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            LOG.error("A parked message failed again", e);
            throw Problem.conflict("STILL_FAILING", "the message could not be handled: " + e.getMessage());
        }
        if (delivery == Delivery.UNKNOWN_TYPE) {
            throw Problem.conflict("UNKNOWN_TYPE", "this service does not handle " + message.type());
        }
        parked.markReplayed(message.id(), who);
        keyWait.signal();
        return delivery;
    }
}
