package dev.weir.ledger.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A caller that does what callers must: it repeats a request of unknown outcome under the same key until it knows. It keeps a
 * journal of what was acknowledged.
 */
final class Client {
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** Acknowledged: what was settled by reservation, what was released, what was granted by key; all in whole credits. */
    final Map<String, Integer> settled = new ConcurrentHashMap<>();

    final Queue<String> released = new ConcurrentLinkedQueue<>();
    final Queue<String> held = new ConcurrentLinkedQueue<>();
    final Queue<String> granted = new ConcurrentLinkedQueue<>();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger repeated = new AtomicInteger();

    Client(String token) {
        this.token = token;
    }

    /** Reserves; returns the id, or an empty text if it was denied. */
    String reserve(LedgerProcess at, String customer, int credits) throws InterruptedException {
        JsonNode answer = until(
                at,
                "/v1/reservations",
                "{\"customer\":\"" + customer + "\",\"feature\":\"chat\",\"quantity\":\"" + credits
                        + "\",\"expiresIn\":\"PT1H\"}");
        if (!answer.has("id")) {
            refused.incrementAndGet();
            return "";
        }
        String id = answer.path("id").asText();
        held.add(id);
        return id;
    }

    void settle(LedgerProcess at, String reservation, int credits) throws InterruptedException {
        JsonNode answer =
                until(at, "/v1/reservations/" + reservation + "/settle", "{\"quantity\":\"" + credits + "\"}");
        if (!answer.path("state").asText().equals("SETTLED") || settled.put(reservation, credits) != null) {
            throw new IllegalStateException(reservation + " was not settled once: " + answer);
        }
    }

    void release(LedgerProcess at, String reservation) throws InterruptedException {
        JsonNode answer = until(at, "/v1/reservations/" + reservation + "/release", "{}");
        if (!answer.path("state").asText().equals("RELEASED")) {
            throw new IllegalStateException(reservation + " was not released: " + answer);
        }
        released.add(reservation);
    }

    void grant(LedgerProcess at, String customer, int credits) throws InterruptedException {
        String reference = Ids.next().toString();
        JsonNode answer = until(
                at,
                "/v1/customers/" + customer + "/grants",
                "{\"unit\":\"ai-credits\",\"amount\":\"" + credits + "\",\"category\":\"PROMOTIONAL\",\"reference\":\""
                        + reference + "\"}");
        if (!answer.has("id")) {
            throw new IllegalStateException("not granted: " + answer);
        }
        granted.add(reference);
    }

    /** Asks under one key until the outcome is known. */
    JsonNode until(LedgerProcess at, String path, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at.uri(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", Ids.next().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        while (true) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 500) {
                    return Json.mapper().readTree(response.body());
                }
            } catch (IOException unknown) {
                // The process or its connection is gone, maybe after it has committed: asked again under the same key.
            }
            repeated.incrementAndGet();
            Thread.sleep(50);
        }
    }
}
