package dev.weir.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The client of the public API. Every write bears an idempotency key and is repeated until it has a definite answer: that is
 * all an application needs to survive a service that dies in the middle.
 */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Tokens tokens;
    private final LongAdder retries = new LongAdder();

    Api(URI base, Tokens tokens) {
        this.base = base;
        this.tokens = tokens;
    }

    /** An answer: its status, and its body as JSON (missing if it has none). */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The problem's code, or the status. */
        String code() {
            return body.path("code").asText("HTTP_" + status);
        }

        /** The body, or a failure that says what was refused. */
        JsonNode require(String what) {
            if (!ok()) {
                throw new IllegalStateException(what + " was refused: " + status + " " + body);
            }
            return body;
        }
    }

    static ObjectMapper json() {
        return JSON;
    }

    long retries() {
        return retries.sum();
    }

    Answer get(String path) {
        return send("GET", path, null, "application/json", null);
    }

    Answer post(String path, Object body, @Nullable String key) {
        return send("POST", path, write(body), "application/json", key);
    }

    Answer put(String path, Object body, @Nullable String key) {
        return send("PUT", path, write(body), "application/json", key);
    }

    Answer putYaml(String path, String document) {
        return send("PUT", path, document, "application/yaml", null);
    }

    private Answer send(
            String method, String path, @Nullable String body, String contentType, @Nullable String idempotencyKey) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        long waitMillis = 100;
        while (true) {
            String trouble;
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + tokens.current())
                        .header("Accept", "application/json, application/problem+json")
                        .header("Content-Type", contentType)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
                if (idempotencyKey != null) {
                    request.header("Idempotency-Key", idempotencyKey);
                }
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                Answer answer = new Answer(response.statusCode(), read(response.body()));
                if (!again(answer)) {
                    return answer;
                }
                trouble = answer.status() + " " + answer.body();
            } catch (IOException unreachable) {
                trouble = unreachable.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException(
                        method + " " + path + " has no answer after " + PATIENCE + ": " + trouble);
            }
            retries.increment();
            pause(waitMillis);
            waitMillis = Math.min(2_000, waitMillis * 2);
        }
    }

    /** Whether the outcome is unknown, or the service is not there: the same call again, under the same key. */
    private static boolean again(Answer answer) {
        return answer.status() >= 500 && !"LEASE_UNAVAILABLE".equals(answer.code())
                || "IDEMPOTENCY_IN_PROGRESS".equals(answer.code());
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a request cannot be written as JSON", broken);
        }
    }

    private static JsonNode read(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.createObjectNode().put("raw", body);
        }
    }
}
