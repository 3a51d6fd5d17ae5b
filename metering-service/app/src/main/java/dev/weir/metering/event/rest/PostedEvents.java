package dev.weir.metering.event.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.metering.event.domain.CloudEventReader;
import dev.weir.metering.event.domain.ReadEvent;
import dev.weir.metering.event.domain.ReadEvent.Fault;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The items of a request's body.
 *
 * @param single true for one event that is no batch of one
 */
record PostedEvents(List<ReadEvent> items, boolean single) {

    static final String ONE = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";
    static final String LINES = "application/x-ndjson";

    PostedEvents {
        items = List.copyOf(items);
    }

    static PostedEvents parse(@Nullable String contentType, byte[] body, int maxBatch) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        PostedEvents posted = type.contains("ndjson") ? lines(body) : json(type, body);
        if (posted.items().size() > maxBatch) {
            throw new Problem(413, "BATCH_TOO_LARGE", "at most " + maxBatch + " events in one request");
        }
        return posted;
    }

    private static PostedEvents json(String type, byte[] body) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(body);
        } catch (IOException e) {
            throw unreadable("the body is not JSON");
        }
        if (tree.isArray() && !type.startsWith(ONE)) {
            List<ReadEvent> items = new ArrayList<>(tree.size());
            tree.forEach(item -> items.add(CloudEventReader.read(item)));
            return new PostedEvents(items, false);
        }
        if (!tree.isObject() || type.startsWith(BATCH)) {
            throw unreadable(
                    type.startsWith(BATCH) ? "a batch is a JSON array" : "the body is no JSON object or array");
        }
        return new PostedEvents(List.of(CloudEventReader.read(tree)), true);
    }

    private static PostedEvents lines(byte[] body) {
        List<ReadEvent> items = new ArrayList<>();
        new String(body, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> items.add(line(line)));
        return new PostedEvents(items, false);
    }

    private static ReadEvent line(String line) {
        try {
            return CloudEventReader.read(Json.mapper().readTree(line));
        } catch (IOException e) {
            return new ReadEvent.Malformed(null, List.of(new Fault("", "MALFORMED", "the line is not JSON")));
        }
    }

    private static Problem unreadable(String detail) {
        return Problem.badRequest("MALFORMED_EVENT", detail);
    }
}
