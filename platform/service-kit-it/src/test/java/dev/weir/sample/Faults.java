package dev.weir.sample;

import dev.weir.platform.servicekit.outbox.FaultHook;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Lets the process "crash" at a point, a given number of times. */
@Singleton
public class Faults implements FaultHook {

    private final AtomicIntegerArray armed = new AtomicIntegerArray(Point.values().length);

    void arm(Point point, int times) {
        armed.set(point.ordinal(), times);
    }

    boolean isSpent(Point point) {
        return armed.get(point.ordinal()) == 0;
    }

    @Override
    public void reached(Point point) {
        if (armed.getAndUpdate(point.ordinal(), left -> Math.max(left - 1, 0)) > 0) {
            throw new IllegalStateException("crashed on purpose at " + point);
        }
    }
}
