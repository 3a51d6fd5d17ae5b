package dev.weir.platform.servicekit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.platform.kernel.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept for repeats.
 *
 * @param requestHash the hash of the request that it answers
 * @param status the HTTP status
 * @param mediaType the media type of the body
 * @param headers the other headers that matter
 * @param body the body, null if there is none
 */
record StoredAnswer(
        String requestHash,
        int status,
        String mediaType,
        Map<String, String> headers,
        @Nullable String body) {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** Headers that the server makes anew for each answer. */
    private static final Set<String> NOT_KEPT = Set.of("content-type", "content-length", "date", "transfer-encoding");

    StoredAnswer {
        headers = Map.copyOf(headers);
    }

    /** The answer that a resource method gives by returning this. */
    static StoredAnswer of(String requestHash, Method method, @Nullable Object result) {
        return switch (result) {
            case null -> new StoredAnswer(requestHash, status(method, 204), MediaType.APPLICATION_JSON, Map.of(), null);
            case Response response -> of(requestHash, response);
            case RestResponse<?> response -> of(requestHash, response.toResponse());
            default ->
                new StoredAnswer(requestHash, status(method, 200), MediaType.APPLICATION_JSON, Map.of(), write(result));
        };
    }

    private static StoredAnswer of(String requestHash, Response response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.getStringHeaders().forEach((name, values) -> {
            if (!NOT_KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        String mediaType = response.getMediaType() == null
                ? MediaType.APPLICATION_JSON
                : response.getMediaType().toString();
        String body = response.hasEntity() ? write(response.getEntity()) : null;
        return new StoredAnswer(requestHash, response.getStatus(), mediaType, headers, body);
    }

    /** The answer to a repeat. */
    Response replay() {
        Response.ResponseBuilder response = Response.status(status).header("Idempotency-Replayed", "true");
        headers.forEach(response::header);
        if (body != null) {
            response.type(mediaType).entity(body);
        }
        return response.build();
    }

    String headersAsJson() {
        return write(headers);
    }

    static Map<String, String> headersFromJson(String json) {
        try {
            return Json.mapper().readValue(json, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored headers are not readable", e);
        }
    }

    private static int status(Method method, int otherwise) {
        @Nullable ResponseStatus given = method.getAnnotation(ResponseStatus.class);
        return given == null ? otherwise : given.value();
    }

    private static String write(Object entity) {
        if (entity instanceof String text) {
            return text;
        }
        try {
            return Json.mapper().writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written as JSON", e);
        }
    }
}
