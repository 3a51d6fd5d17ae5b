package dev.weir.metering.event.app;

import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.AfterCommit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What has to be counted: who changes it wakes those who count, once the change is committed. */
@Singleton
public class PendingUsage {

    private final EventRows rows;
    private final Semaphore wakes = new Semaphore(0);

    PendingUsage(EventRows rows) {
        this.rows = rows;
    }

    /** Wakes the counting when the current transaction has committed. */
    public void signal() {
        AfterCommit.run(this::wake);
    }

    /** Lets no one count events of the customer until the transaction ends. */
    public void lock(String customer) {
        rows.lockShards(List.of(Shard.number(customer)), true);
    }

    /**
     * Lets the events of a customer be counted again. The caller holds the customer's {@link #lock}: else an event that is
     * being counted right now by the old rules would be missed.
     */
    public void recount(String customer, Instant from, Instant receivedSince) {
        if (rows.insertPendingSince(customer, from, receivedSince) > 0) {
            signal();
        }
    }

    /** Waits until something was signalled, or the time is over. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean woken = wakes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        wakes.drainPermits();
        return woken;
    }

    private void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }
}
