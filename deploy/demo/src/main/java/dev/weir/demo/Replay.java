package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Replays the requests: an api.request event, then check, reserve for the worst case, settle with what was used. */
final class Replay {
    private static final String SOURCE = "demo";
    private static final int PROGRESS_STEPS = 20;

    private final Api api;
    private final Options options;
    private final Tally tally = new Tally();

    Replay(Api api, Options options) {
        this.api = api;
        this.options = options;
    }

    Tally run(List<Request> requests, List<Customer> customers) {
        Semaphore places = new Semaphore(options.workers());
        AtomicInteger done = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Instant began = Instant.now();
        Instant first = requests.getFirst().at();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Request request : requests) {
                pace(began, Duration.between(first, request.at()));
                acquire(places);
                if (failure.get() != null) {
                    break;
                }
                executor.execute(() -> {
                    try {
                        request(request);
                    } catch (RuntimeException broken) {
                        failure.compareAndSet(null, broken);
                    } finally {
                        places.release();
                        progress(done.incrementAndGet(), requests.size(), began);
                    }
                });
            }
            executor.shutdown();
            boolean ended = executor.awaitTermination(10, TimeUnit.MINUTES);
            if (!ended) {
                throw new IllegalStateException("the replay does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
        Throwable broken = failure.get();
        if (broken != null) {
            throw new IllegalStateException("the replay failed: " + broken.getMessage(), broken);
        }
        customers.forEach(this::images);
        return tally;
    }

    private void request(Request request) {
        String customer = request.customer().id();
        String id = options.runId() + "-" + request.row();
        callEvent(customer, id);
        JsonNode check = api.post(
                        "/v1/check",
                        Map.of("customer", customer, "feature", "chat", "dimensions", request.worstCase()),
                        null)
                .require("a check of " + customer);
        tally.checked(check.path("allowed").asBoolean());
        // The check is advice; only the reservation decides.
        Api.Answer held = api.post(
                "/v1/reservations",
                Map.of(
                        "customer",
                        customer,
                        "feature",
                        "chat",
                        "dimensions",
                        request.worstCase(),
                        "atLeast",
                        Map.of("model", request.model(), "inputTokens", request.input())),
                id + "-reserve");
        if (!held.ok()) {
            deny(customer, held);
            return;
        }
        JsonNode settled = api.post(
                        "/v1/reservations/" + held.body().path("id").asText() + "/settle",
                        Map.of(
                                "dimensions", request.used(),
                                "event", Map.of("source", SOURCE, "id", id + "-chat", "data", request.used())),
                        id + "-settle")
                .require("a settle of " + customer);
        tally.admitted(customer, spent(settled));
    }

    private void callEvent(String customer, String id) {
        JsonNode answer = api.post(
                        "/v1/events",
                        Map.of(
                                "specversion",
                                "1.0",
                                "type",
                                "api.request",
                                "source",
                                SOURCE,
                                "id",
                                id + "-call",
                                "subject",
                                customer,
                                "data",
                                Map.of("path", "/chat")),
                        null)
                .require("an api.request event of " + customer);
        if (answer.path("rejected").size() > 0) {
            throw new IllegalStateException("an event was rejected: " + answer);
        }
        tally.event(answer.path("duplicates").asInt() > 0);
    }

    /** Images one by one: the included ones first, then in credits, in one reservation each. */
    private void images(Customer customer) {
        for (int i = 0; i < customer.images(); i++) {
            String id = options.runId() + "-image-" + i;
            Api.Answer held = api.post(
                    "/v1/reservations",
                    Map.of("customer", customer.id(), "feature", "images", "quantity", 1),
                    id + "-reserve");
            if (!held.ok()) {
                deny(customer.id(), held);
                continue;
            }
            api.post(
                            "/v1/reservations/" + held.body().path("id").asText() + "/settle",
                            Map.of("quantity", 1, "event", Map.of("source", SOURCE, "id", id)),
                            id + "-settle")
                    .require("a settle of an image");
        }
        if (customer.images() > 0) {
            Out.line("images      %s made %d", customer.id(), customer.images());
        }
    }

    private void deny(String customer, Api.Answer answer) {
        List<String> denials =
                List.of("INSUFFICIENT_CREDIT", "LIMIT_REACHED", "NOT_ENTITLED", "NO_SUBSCRIPTION", "FROZEN", "REVOKED");
        if (!denials.contains(answer.code())) {
            answer.require("a reservation of " + customer);
        }
        tally.denied(customer, answer.code());
    }

    private static BigDecimal spent(JsonNode settled) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode leg : settled.path("spent")) {
            if ("ai-credits".equals(leg.path("unit").asText())) {
                sum = sum.add(new BigDecimal(leg.path("amount").asText()));
            }
        }
        return sum;
    }

    private void pace(Instant began, Duration offset) {
        if (options.speed() > 0) {
            Instant due = began.plusNanos((long) (offset.toNanos() / options.speed()));
            long wait = Duration.between(Instant.now(), due).toMillis();
            if (wait > 0) {
                Api.pause(wait);
            }
        }
    }

    private static void acquire(Semaphore places) {
        try {
            places.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static void progress(int done, int all, Instant began) {
        int step = Math.max(1, all / PROGRESS_STEPS);
        if (done % step == 0 || done == all) {
            long millis = Math.max(1, Duration.between(began, Instant.now()).toMillis());
            Out.line("replay      %6d of %d requests, %d per second", done, all, done * 1000L / millis);
        }
    }
}
