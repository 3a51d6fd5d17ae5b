package dev.weir.platform.servicekit.events;

/**
 * What a service does with one type of event. A bean; several handlers of one type run one after the other in the same
 * transaction.
 */
public interface EventHandler {

    /** The CloudEvents type, such as {@code dev.weir.ledger.wallet.v1}. */
    String type();

    /**
     * Handles one event. With a database this runs inside one transaction together with the row that records the event; an
     * exception rolls both back, the event is retried, and then parked.
     */
    void handle(IncomingEvent event);
}
