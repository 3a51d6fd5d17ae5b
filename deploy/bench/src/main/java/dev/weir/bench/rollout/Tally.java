package dev.weir.bench.rollout;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what arrives, and tells when a certain version of a customer does. */
final class Tally {
    private static final int HEAD_BYTES = 600;

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Object watching = new Object();
    private volatile @Nullable String watched;
    private long versionSeen;
    private volatile long lastNanos = System.nanoTime();

    /** What was counted at a moment. */
    record Count(long messages, long bytes) {
        Count since(Count earlier) {
            return new Count(messages - earlier.messages, bytes - earlier.bytes);
        }
    }

    void arrived(byte[] body) {
        messages.incrementAndGet();
        bytes.addAndGet(body.length);
        lastNanos = System.nanoTime();
        String customer = watched;
        if (customer != null) {
            look(customer, new String(body, 0, Math.min(HEAD_BYTES, body.length), StandardCharsets.UTF_8));
        }
    }

    private void look(String customer, String head) {
        String id = "\"" + customer + "@";
        int at = head.indexOf(id);
        if (at >= 0) {
            int from = at + id.length();
            long version = Long.parseLong(head, from, head.indexOf('"', from), 10);
            synchronized (watching) {
                versionSeen = Math.max(versionSeen, version);
                watching.notifyAll();
            }
        }
    }

    Count count() {
        return new Count(messages.get(), bytes.get());
    }

    long lastNanos() {
        return lastNanos;
    }

    /** Looks out for versions of one customer from now on. */
    void watch(String customer) {
        synchronized (watching) {
            versionSeen = 0;
        }
        watched = customer;
    }

    /** Whether this version of the watched customer, or a later one in its place, came in time. */
    boolean await(long version, long atMostMillis) throws InterruptedException {
        long end = System.nanoTime() + atMostMillis * 1_000_000;
        synchronized (watching) {
            while (versionSeen < version) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                watching.wait(left);
            }
            return true;
        }
    }
}
