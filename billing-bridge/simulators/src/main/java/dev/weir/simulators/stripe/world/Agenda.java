package dev.weir.simulators.stripe.world;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to happen by itself, by time. An entry is a hint to look at the object: what it says decides. */
public final class Agenda {
    /**
     * A time at which an object is to be looked at.
     *
     * @param at epoch seconds
     * @param order tie-break: first entered, first done
     * @param kind kind of the object
     * @param id its id
     */
    public record Entry(long at, long order, String kind, String id) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
    private long order;

    /** Enters a time for an object. */
    public void add(long at, String kind, String id) {
        entries.add(new Entry(at, order++, kind, id));
    }

    /** Takes the earliest entry that is due, or null. */
    public @Nullable Entry due(long now) {
        Entry first = entries.peek();
        return first != null && first.at() <= now ? entries.poll() : null;
    }
}
