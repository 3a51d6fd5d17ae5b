package dev.weir.bench.rollout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Someone who changes single customers, one after the other: how long the answer takes, and how long it takes from the request
 * until the snapshot that bears the change comes out of the broker.
 */
final class SingleChanges implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final long SEEN_AT_MOST_MILLIS = 20_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final int port;
    private final String token;
    private final int customers;
    private final Tally tally;
    private final Random random = new Random(20_261_124L);
    private volatile boolean stopped;

    SingleChanges(int port, String token, int customers, Tally tally) {
        this.port = port;
        this.token = token;
        this.customers = customers;
        this.tally = tally;
    }

    /** Milliseconds, sorted; what was not seen in time is counted as that time. */
    record Result(List<Long> answered, List<Long> seen, int failed) {
        static long at(List<Long> sorted, int percent) {
            return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
        }
    }

    /** Changes customers until it is stopped. */
    Future<Result> start() {
        stopped = false;
        return thread.submit(() -> {
            List<Long> answered = new ArrayList<>();
            List<Long> seen = new ArrayList<>();
            int failed = 0;
            while (!stopped) {
                long began = System.nanoTime();
                if (!change(answered, seen)) {
                    failed++;
                }
                long left = EVERY.toMillis() - (System.nanoTime() - began) / 1_000_000;
                Thread.sleep(Math.max(0, left));
            }
            Collections.sort(answered);
            Collections.sort(seen);
            return new Result(answered, seen, failed);
        });
    }

    void stop() {
        stopped = true;
    }

    private boolean change(List<Long> answered, List<Long> seen) throws IOException, InterruptedException {
        String customer = "c%09d".formatted(1 + random.nextInt(customers));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/customers/" + customer + "/promotions"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"feature\":\"feature-1\",\"entitlement\":{\"limit\":\"50\",\"effect\":\"INCREMENT\"},\"reason\":\"bench\"}"))
                .build();
        tally.watch(customer);
        long began = System.nanoTime();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        answered.add((System.nanoTime() - began) / 1_000_000);
        if (response.statusCode() != 201) {
            return false;
        }
        long version =
                response.headers().firstValueAsLong("Weir-Snapshot-Version").orElse(0);
        boolean came = tally.await(version, SEEN_AT_MOST_MILLIS);
        seen.add((System.nanoTime() - began) / 1_000_000);
        return came;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
