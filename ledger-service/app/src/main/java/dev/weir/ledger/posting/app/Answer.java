package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.util.Map;

/**
 * What a caller is told: status, body, headers. A success is stored under the operation's key and told again to whoever
 * repeats it.
 *
 * @param problem whether the body is problem+json
 */
public record Answer(int status, JsonNode body, Map<String, String> headers, boolean problem) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** A success. */
    public static Answer ok(int status, JsonNode body) {
        return new Answer(status, body, Map.of(), false);
    }

    /** Whether it is to be stored: refusals without effect are not. */
    public boolean success() {
        return status < 400;
    }

    byte[] bytes() {
        try {
            return Json.mapper().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }

    static Answer of(byte[] bytes) {
        try {
            return Json.mapper().readValue(bytes, Answer.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored answer cannot be read", e);
        }
    }

    /** The same, marked as told before. */
    Answer replayed() {
        return new Answer(status, body, Map.of("Idempotency-Replayed", "true"), problem);
    }
}
