package dev.weir.simulators.stripe.usage;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Every meter event that was accepted, by meter and customer, ready to be summed over any span of seconds. */
public final class Usage {
    /** Sees everything that was received, however recently. */
    public static final long ALL = Long.MAX_VALUE;

    private static final long HOUR = 3600;

    /**
     * Whose usage of what.
     *
     * @param meter {@code mtr_…}
     * @param customer {@code cus_…}, as sent; it need not exist
     */
    public record Key(String meter, String customer) {}

    /** Where an event lies, for cancelling it. */
    public static final class Place {
        private final HourCell cell;
        private final int index;

        Place(HourCell cell, int index) {
            this.cell = cell;
            this.index = index;
        }
    }

    private final Map<Key, NavigableMap<Long, HourCell>> cells = new HashMap<>();
    private int received;
    private int cancelled;

    /** Takes an event in. Times are epoch seconds. */
    public Place add(Key key, long timestamp, long value, long receivedAt) {
        long hour = Math.floorDiv(timestamp, HOUR) * HOUR;
        HourCell cell = cells.computeIfAbsent(key, ignored -> new TreeMap<>()).computeIfAbsent(hour, HourCell::new);
        return new Place(cell, cell.add(timestamp, value, received++, receivedAt));
    }

    /** Takes an event out again; false if it was out before. */
    public boolean cancel(Place place) {
        boolean done = place.cell.cancel(place.index);
        if (done) {
            cancelled++;
        }
        return done;
    }

    /** Events taken in, cancelled ones among them. */
    public int received() {
        return received;
    }

    /** Events that were cancelled. */
    public int cancelled() {
        return cancelled;
    }

    /** The (meter, customer) pairs that ever had usage, by customer. */
    public List<Key> keys() {
        return cells.keySet().stream()
                .sorted(Comparator.comparing(Key::customer).thenComparing(Key::meter))
                .toList();
    }

    /** How many events a customer has on a meter, without the cancelled ones. */
    public long count(Key key) {
        NavigableMap<Long, HourCell> hours = cells.get(key);
        return hours == null
                ? 0
                : hours.values().stream().mapToLong(HourCell::live).sum();
    }

    /** The starts of the hours or days in [from, to) that hold a live event, in order. */
    public NavigableMap<Long, Integer> buckets(Key key, long from, long to, long bucketSeconds, long visibleUntil) {
        NavigableMap<Long, Integer> buckets = new TreeMap<>();
        each(key, from, to, visibleUntil, (cell, i) -> {
            if (cell.timestamp(i) >= from && cell.timestamp(i) < to) {
                buckets.merge(Math.floorDiv(cell.timestamp(i), bucketSeconds) * bucketSeconds, 1, Integer::sum);
            }
        });
        return buckets;
    }

    /**
     * The meter's value for a customer over [from, to), of the events received until {@code visibleUntil}.
     *
     * @return may be negative
     */
    public BigInteger value(Meter meter, String customer, long from, long to, long visibleUntil) {
        Key key = new Key(meter.id(), customer);
        if (meter.window() == Meter.Window.RAW && visibleUntil == ALL && meter.formula() != Meter.Formula.LAST) {
            return wholeHours(meter, key, from, to);
        }
        Aggregate aggregate = new Aggregate();
        if (meter.window() == Meter.Window.RAW) {
            each(key, from, to, visibleUntil, (cell, i) -> aggregate.add(cell, i, from, to));
            return aggregate.result(meter.formula());
        }
        long width = meter.window().seconds();
        long first = Math.floorDiv(from, width) * width;
        long last = -Math.floorDiv(-to, width) * width;
        Map<Long, Winner> winners = new HashMap<>();
        each(key, first, last, visibleUntil, (cell, i) -> {
            long window = Math.floorDiv(cell.timestamp(i), width);
            Winner before = winners.get(window);
            if (before == null || before.cell.arrival(before.index) < cell.arrival(i)) {
                winners.put(window, new Winner(cell, i));
            }
        });
        winners.values().forEach(winner -> aggregate.add(winner.cell, winner.index, from, to));
        return aggregate.result(meter.formula());
    }

    private BigInteger wholeHours(Meter meter, Key key, long from, long to) {
        Aggregate aggregate = new Aggregate();
        NavigableMap<Long, HourCell> hours = cells.get(key);
        if (hours == null || to <= from) {
            return BigInteger.ZERO;
        }
        hours.subMap(Math.floorDiv(from, HOUR) * HOUR, true, to, false).forEach((hour, cell) -> {
            if (hour >= from && hour + HOUR <= to) {
                aggregate.addWhole(cell);
                return;
            }
            for (int i = 0; i < cell.size(); i++) {
                if (cell.isLive(i)) {
                    aggregate.add(cell, i, from, to);
                }
            }
        });
        return aggregate.result(meter.formula());
    }

    private void each(Key key, long from, long to, long visibleUntil, BiConsumer<HourCell, Integer> seen) {
        NavigableMap<Long, HourCell> hours = cells.get(key);
        if (hours == null || to <= from) {
            return;
        }
        for (HourCell cell :
                hours.subMap(Math.floorDiv(from, HOUR) * HOUR, true, to, false).values()) {
            for (int i = 0; i < cell.size(); i++) {
                if (cell.isLive(i) && cell.receivedAt(i) <= visibleUntil) {
                    seen.accept(cell, i);
                }
            }
        }
    }

    private record Winner(HourCell cell, int index) {}

    /** The three formulas at once. */
    private static final class Aggregate {
        private BigInteger sum = BigInteger.ZERO;
        private long count;
        private @Nullable Winner last;

        void addWhole(HourCell cell) {
            sum = sum.add(cell.sum());
            count += cell.live();
        }

        void add(HourCell cell, int i, long from, long to) {
            long at = cell.timestamp(i);
            if (at < from || at >= to) {
                return;
            }
            sum = sum.add(BigInteger.valueOf(cell.value(i)));
            count++;
            if (last == null
                    || last.cell.timestamp(last.index) < at
                    || (last.cell.timestamp(last.index) == at && last.cell.arrival(last.index) < cell.arrival(i))) {
                last = new Winner(cell, i);
            }
        }

        BigInteger result(Meter.Formula formula) {
            return switch (formula) {
                case SUM -> sum;
                case COUNT -> BigInteger.valueOf(count);
                case LAST -> last == null ? BigInteger.ZERO : BigInteger.valueOf(last.cell.value(last.index));
            };
        }
    }
}
