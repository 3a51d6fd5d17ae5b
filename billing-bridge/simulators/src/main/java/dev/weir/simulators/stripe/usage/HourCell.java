package dev.weir.simulators.stripe.usage;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The events of one customer, one meter and one UTC hour, in the order of receipt, in 20 bytes each; their sum is kept
 * beside them so that a whole hour is read at once.
 */
final class HourCell {
    private static final int CANCELLED = -1;

    private final long hour;
    private int size;
    private int live;
    private BigInteger sum = BigInteger.ZERO;
    private int[] offsets = new int[2];
    private long[] values = new long[2];
    private int[] arrivals = new int[2];
    private int[] delays = new int[2];

    /** @param hour epoch seconds of the hour's start */
    HourCell(long hour) {
        this.hour = hour;
    }

    int add(long timestamp, long value, int arrival, long receivedAt) {
        if (size == offsets.length) {
            int more = size + Math.max(2, size / 2);
            offsets = Arrays.copyOf(offsets, more);
            values = Arrays.copyOf(values, more);
            arrivals = Arrays.copyOf(arrivals, more);
            delays = Arrays.copyOf(delays, more);
        }
        offsets[size] = (int) (timestamp - hour);
        values[size] = value;
        arrivals[size] = arrival;
        delays[size] = (int) (receivedAt - hour);
        sum = sum.add(BigInteger.valueOf(value));
        live++;
        return size++;
    }

    /** Takes an event out; false if it was out before. */
    boolean cancel(int index) {
        if (offsets[index] == CANCELLED) {
            return false;
        }
        offsets[index] = CANCELLED;
        sum = sum.subtract(BigInteger.valueOf(values[index]));
        live--;
        return true;
    }

    BigInteger sum() {
        return sum;
    }

    int live() {
        return live;
    }

    int size() {
        return size;
    }

    boolean isLive(int index) {
        return offsets[index] != CANCELLED;
    }

    long timestamp(int index) {
        return hour + offsets[index];
    }

    long value(int index) {
        return values[index];
    }

    int arrival(int index) {
        return arrivals[index];
    }

    long receivedAt(int index) {
        return hour + delays[index];
    }
}
