package dev.weir.platform.servicekit.events;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Waits for something that is on its way here as an event, such as a customer that was created a moment ago. It looks at
 * once, then whenever an event was handled in this process, and every 25 ms for what another instance may have handled.
 * Call it before a transaction begins: between looks it holds no connection and no lock.
 */
@Singleton
public class KeyWait {

    private static final long POLL_NANOS = Duration.ofMillis(25).toNanos();

    private final ProbeScope scope;
    private final Duration standard;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long generation;

    KeyWait(ProbeScope scope, @ConfigProperty(name = "weir.key-wait", defaultValue = "2s") Duration standard) {
        this.scope = scope;
        this.standard = standard;
    }

    /** Waits for the standard time, {@code weir.key-wait}. */
    public <T> Optional<T> forValue(Supplier<Optional<T>> probe) {
        return forValue(standard, probe);
    }

    /** The first value that the probe finds, or empty when the time is over. The probe must be a cheap read. */
    public <T> Optional<T> forValue(Duration max, Supplier<Optional<T>> probe) {
        long deadline = System.nanoTime() + max.toNanos();
        while (true) {
            long seen = generation();
            Optional<T> found = scope.look(probe);
            long left = deadline - System.nanoTime();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            if (!awaitChange(seen, Math.min(left, POLL_NANOS))) {
                return Optional.empty();
            }
        }
    }

    /** Tells everyone who waits that something may have arrived. */
    public void signal() {
        lock.lock();
        try {
            generation++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Returns false if the thread was interrupted. */
    private boolean awaitChange(long seen, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (generation == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
