package dev.weir.gateway.feed.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.util.Optional;

/** Reads CloudEvents as far as needed: most concern customers that are not held here, and are dropped after a few bytes. */
final class EventReader {
    private static final ObjectMapper MAPPER = Json.lenientMapper();
    private static final ObjectReader TREE = MAPPER.readerFor(JsonNode.class);
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private EventReader() {}

    /** The text of one member of the event's data. */
    static Optional<String> peek(byte[] event, String member) throws IOException {
        try (JsonParser parser = FACTORY.createParser(event)) {
            if (!enterData(parser)) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(member);
                parser.nextToken();
                if (wanted) {
                    return Optional.ofNullable(parser.getValueAsString());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        }
    }

    /** The event's data. */
    static <T> T data(byte[] event, Class<T> type) throws IOException {
        JsonNode data = TREE.<JsonNode>readValue(event).get("data");
        if (data == null) {
            throw new IOException("an event without data");
        }
        return MAPPER.treeToValue(data, type);
    }

    private static boolean enterData(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = parser.currentName().equals("data");
            JsonToken value = parser.nextToken();
            if (data) {
                return value == JsonToken.START_OBJECT;
            }
            parser.skipChildren();
        }
        return false;
    }
}
