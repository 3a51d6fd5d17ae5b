package dev.weir.simulators.stripe.usage;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The identifiers of the last 24 hours: each may come once, and each may be cancelled. */
public final class Receipts {
    private static final long DAY_SECONDS = 86_400;

    /**
     * One accepted event.
     *
     * @param eventName the meter's event name
     * @param receivedAt epoch seconds
     * @param place where it was counted
     */
    public record Receipt(String eventName, long receivedAt, Usage.Place place) {}

    private final Map<String, Receipt> byIdentifier = new LinkedHashMap<>();

    /** The receipt of an identifier, or null if it is free. */
    public @Nullable Receipt find(String identifier) {
        return byIdentifier.get(identifier);
    }

    /** Remembers an identifier. */
    public void put(String identifier, Receipt receipt) {
        byIdentifier.put(identifier, receipt);
    }

    /** Forgets what is older than 24 hours. */
    public void prune(long now) {
        Iterator<Receipt> oldestFirst = byIdentifier.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().receivedAt() <= now - DAY_SECONDS) {
            oldestFirst.remove();
        }
    }
}
