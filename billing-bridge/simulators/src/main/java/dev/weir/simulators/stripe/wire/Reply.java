package dev.weir.simulators.stripe.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer: HTTP status, JSON body and the headers that belong to this answer alone.
 *
 * @param status HTTP status
 * @param body JSON, UTF-8; not copied
 * @param headers header name to value
 */
public record Reply(int status, byte[] body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** A 200 with this document. */
    public static Reply ok(JsonNode document) {
        return new Reply(200, Json.bytes(document), Map.of());
    }

    /** An answer of the simulator's own pages, which are not Stripe's. */
    public static Reply of(int status, JsonNode document) {
        return new Reply(status, Json.bytes(document), Map.of());
    }

    /** The same answer with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, body, more);
    }
}
