package dev.weir.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The public API as one user calls it. Nothing is tried again: a call that fails is what a test wants to see.
 *
 * @param token the access token; null = none is sent
 */
record Api(@Nullable String token) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String AS_JSON = "application/json";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** A user who has every role. */
    static Api demo() {
        return as("demo");
    }

    static Api as(String user) {
        return new Api(Tokens.of(user));
    }

    Answer get(String path) {
        return send("GET", path, null, AS_JSON, null);
    }

    Answer put(String path, Object body) {
        return send("PUT", path, write(body), AS_JSON, null);
    }

    /** A PUT over what the caller has seen. */
    Answer put(String path, Object body, String ifMatch) {
        return send("PUT", path, write(body), AS_JSON, "If-Match", ifMatch);
    }

    Answer putYaml(String path, String document) {
        return send("PUT", path, document, "application/yaml", null);
    }

    Answer post(String path, Object body) {
        return send("POST", path, write(body), AS_JSON, null);
    }

    Answer post(String path, Object body, String idempotencyKey) {
        return send("POST", path, write(body), AS_JSON, idempotencyKey);
    }

    Answer postText(String path, String body, String contentType) {
        return send("POST", path, body, contentType, null);
    }

    /** Any method with any body, well-formed or not. */
    Answer call(String method, String path, @Nullable String body) {
        return send(method, path, body, AS_JSON, null);
    }

    Answer delete(String path) {
        return send("DELETE", path, null, AS_JSON, null);
    }

    private Answer send(
            String method, String path, @Nullable String body, String contentType, @Nullable String idempotencyKey) {
        return send(method, path, body, contentType, "Idempotency-Key", idempotencyKey);
    }

    private Answer send(
            String method,
            String path,
            @Nullable String body,
            String contentType,
            String header,
            @Nullable String value) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Settings.GATEWAY.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json, application/problem+json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (value != null) {
            request.header(header, value);
        }
        long began = System.nanoTime();
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new Answer(
                    method + " " + path, response.statusCode(), response.headers(), read(response.body()), took);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(method + " " + path, unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("no JSON: " + body, broken);
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
