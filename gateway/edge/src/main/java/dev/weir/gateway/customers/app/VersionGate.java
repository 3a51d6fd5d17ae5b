package dev.weir.gateway.customers.app;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Lets whoever waits for a version pass once it, or a later one, has been seen. Safe for any thread. */
public final class VersionGate {
    private final List<Waiter> waiters = new ArrayList<>();
    private long seen;

    private record Waiter(long version, CompletableFuture<Void> passed) {}

    /** The latest version seen; 0 = none. */
    public synchronized long seen() {
        return seen;
    }

    /** A version has been seen. */
    public void advance(long version) {
        List<Waiter> through = new ArrayList<>();
        synchronized (this) {
            if (version <= seen) {
                return;
            }
            seen = version;
            for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (waiter.version() <= version || waiter.passed().isDone()) {
                    each.remove();
                    through.add(waiter);
                }
            }
        }
        // Outside the lock: what depends on them runs right here.
        through.forEach(waiter -> waiter.passed().complete(null));
    }

    /** Completes when that version has been seen. */
    public synchronized CompletableFuture<Void> reached(long version) {
        if (version <= seen) {
            return CompletableFuture.completedFuture(null);
        }
        Waiter waiter = new Waiter(version, new CompletableFuture<>());
        waiters.add(waiter);
        return waiter.passed();
    }
}
