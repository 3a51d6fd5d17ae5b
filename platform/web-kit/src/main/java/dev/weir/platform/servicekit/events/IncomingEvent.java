package dev.weir.platform.servicekit.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Json;
import java.time.Instant;

/**
 * An event as it came from a producer.
 *
 * @param id the deduplication id, unique within the source
 * @param source {@code /weir/<context>}
 * @param type {@code dev.weir.<context>.<name>.v1}
 * @param subject the aggregate's id
 * @param time when the producer recorded it
 * @param kind state or fact
 * @param version the aggregate's version for a state, 0 for a fact
 * @param data the body
 */
public record IncomingEvent(
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        EventKind kind,
        long version,
        JsonNode data) {

    /**
     * The body as a record; fields that the record does not know are ignored.
     *
     * @throws MalformedEventException if the body does not fit
     */
    public <T> T dataAs(Class<T> bodyType) {
        try {
            return Json.lenientMapper().treeToValue(data, bodyType);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException(
                    "the body of " + type + " " + id + " does not fit " + bodyType.getName(), e);
        }
    }
}
