package dev.weir.platform.servicekit.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The wire form of an event: CloudEvents 1.0 as structured JSON, with the extensions weirkind and weirversion. */
public final class Envelope {

    /** The content type of every message. */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final JsonFactory FACTORY = new JsonFactory();

    private Envelope() {}

    /** The CloudEvents type of an event name: {@code ledger.wallet} is {@code dev.weir.ledger.wallet.v1}. */
    public static String type(String name) {
        return "dev.weir." + name + ".v1";
    }

    /** The routing key of an event: {@code ledger.wallet.v1.7f}. */
    public static String routingKey(String name, String shard) {
        return name + ".v1." + shard;
    }

    /** The context that an event name belongs to: {@code ledger} of {@code ledger.wallet}. */
    public static String context(String name) {
        int dot = name.indexOf('.');
        if (dot <= 0) {
            throw new IllegalArgumentException("an event name is <context>.<name>: " + name);
        }
        return name.substring(0, dot);
    }

    /** Writes an event. The body is JSON text already and is taken as it is. */
    public static byte[] write(
            String name, String id, String subject, Instant time, EventKind kind, long version, String body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length() + 320);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", id);
            json.writeStringField("source", "/weir/" + context(name));
            json.writeStringField("type", type(name));
            json.writeStringField("subject", subject);
            json.writeStringField("time", time.toString());
            json.writeStringField("datacontenttype", "application/json");
            json.writeStringField("weirkind", kind.name());
            if (kind == EventKind.STATE) {
                json.writeNumberField("weirversion", version);
            }
            json.writeFieldName("data");
            json.writeRawValue(body);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /**
     * Reads an event.
     *
     * @throws MalformedEventException if the message is none
     */
    public static IncomingEvent read(byte[] payload) {
        JsonNode root;
        try {
            root = Json.lenientMapper().readTree(payload);
        } catch (IOException e) {
            throw new MalformedEventException("not JSON", e);
        }
        if (root == null || !root.isObject()) {
            throw new MalformedEventException("not a JSON object");
        }
        EventKind kind = kind(text(root, "weirkind"));
        JsonNode data = root.get("data");
        if (data == null) {
            throw new MalformedEventException("data is missing");
        }
        JsonNode version = root.path("weirversion");
        if (kind == EventKind.STATE && !version.canConvertToLong()) {
            throw new MalformedEventException("a state needs weirversion");
        }
        return new IncomingEvent(
                text(root, "id"),
                text(root, "source"),
                text(root, "type"),
                text(root, "subject"),
                time(text(root, "time")),
                kind,
                kind == EventKind.STATE ? version.longValue() : 0,
                data);
    }

    private static String text(JsonNode root, String field) {
        @Nullable JsonNode node = root.get(field);
        if (node == null || !node.isTextual()) {
            throw new MalformedEventException(field + " is missing or no text");
        }
        return node.textValue();
    }

    private static EventKind kind(String text) {
        for (EventKind kind : EventKind.values()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        throw new MalformedEventException("weirkind must be STATE or FACT");
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedEventException("time is no instant", e);
        }
    }
}
