package dev.weir.bench.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Callers that each wait for their answer before they ask again, for a span of time. */
final class Callers {

    private Callers() {}

    /** What one caller does once; it may keep a connection of its own. */
    interface Work extends AutoCloseable {
        /**
         * Waits until the next call is due, and returns that instant of {@link System#nanoTime}. Latency counts from it: the
         * pause before a call is no part of it, and what a slow answer keeps waiting is.
         */
        default long due() throws InterruptedException {
            return System.nanoTime();
        }

        /** Does it once; returns how many operations that was. */
        int once() throws Exception;

        @Override
        default void close() throws Exception {}
    }

    /** Makes the work of a caller. */
    interface Maker {
        Work of(int caller) throws Exception;
    }

    /** What came of it: operations in that time; the latencies are of single calls. */
    record Measured(long operations, long nanos, long p50Nanos, long p99Nanos) {
        double perSecond() {
            return operations * 1e9 / nanos;
        }
    }

    private record Part(long operations, int[] latencies) {}

    /** Lets callers work for that long, unmeasured first. */
    static Measured measure(ExecutorService threads, int callers, Duration warmUp, Duration time, Maker maker)
            throws InterruptedException, ExecutionException {
        long from = System.nanoTime() + warmUp.toNanos();
        long to = from + time.toNanos();
        List<Callable<Part>> tasks = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            tasks.add(() -> work(maker, number, from, to));
        }
        long operations = 0;
        int[] all = new int[0];
        for (Future<Part> future : threads.invokeAll(tasks)) {
            Part part = future.get();
            operations += part.operations();
            int before = all.length;
            all = Arrays.copyOf(all, before + part.latencies().length);
            System.arraycopy(part.latencies(), 0, all, before, part.latencies().length);
        }
        Arrays.sort(all);
        return new Measured(operations, time.toNanos(), at(all, 50), at(all, 99));
    }

    private static Part work(Maker maker, int caller, long from, long to) throws Exception {
        long operations = 0;
        int[] latencies = new int[1024];
        int count = 0;
        try (Work work = maker.of(caller)) {
            for (long began = work.due(); began < to; began = work.due()) {
                int done = work.once();
                long ended = System.nanoTime();
                if (began >= from && ended <= to) {
                    operations += done;
                    if (count == latencies.length) {
                        latencies = Arrays.copyOf(latencies, 2 * count);
                    }
                    latencies[count++] = (int) Math.min(Integer.MAX_VALUE, ended - began);
                }
            }
        }
        return new Part(operations, Arrays.copyOf(latencies, count));
    }

    private static long at(int[] sorted, int percent) {
        return sorted.length == 0
                ? 0
                : sorted[Math.min(sorted.length - 1, (int) ((long) sorted.length * percent / 100))];
    }
}
