package dev.weir.metering.event.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.metering.event.domain.ReadEvent.Fault;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.platform.kernel.CustomerId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads structured CloudEvents 1.0. Attributes that Weir does not know are extensions and are let pass, as the specification
 * asks; {@code resource} is the one it knows.
 */
public final class CloudEventReader {

    /** The source of settles without an event; nobody may report under it. */
    public static final String RESERVED_SOURCE = "weir:reservation";

    private static final int LONGEST_TEXT = 255;

    private final JsonNode item;
    private final List<Fault> faults = new ArrayList<>();

    private CloudEventReader(JsonNode item) {
        this.item = item;
    }

    /** Reads one item. */
    public static ReadEvent read(JsonNode item) {
        return new CloudEventReader(item).read();
    }

    private ReadEvent read() {
        if (!item.isObject()) {
            return new ReadEvent.Malformed(null, List.of(new Fault("", "INVALID_VALUE", "an event is a JSON object")));
        }
        String id = required("id");
        String source = required("source");
        String type = required("type");
        String subject = required("subject");
        String version = optional("specversion");
        if (version != null && !version.equals("1.0")) {
            fault("specversion", "INVALID_VALUE", "only CloudEvents 1.0 is known");
        }
        if (RESERVED_SOURCE.equals(source)) {
            fault("source", "INVALID_VALUE", "is reserved for settled reservations");
        }
        if (subject != null && !CustomerId.isValid(subject)) {
            fault("subject", "INVALID_VALUE", "is not a customer id");
        }
        String resource = optional("resource");
        Instant time = time();
        ObjectNode data = data();
        if (!faults.isEmpty() || id == null || source == null || type == null || subject == null) {
            return new ReadEvent.Malformed(id, faults);
        }
        return new ReadEvent.WellFormed(new ReportedEvent(source, id, type, subject, resource, time, data));
    }

    private @Nullable String required(String field) {
        JsonNode value = item.get(field);
        if (value == null || value.isNull()) {
            fault(field, "REQUIRED", "is missing");
            return null;
        }
        return text(field, value);
    }

    private @Nullable String optional(String field) {
        JsonNode value = item.get(field);
        return value == null || value.isNull() ? null : text(field, value);
    }

    private @Nullable String text(String field, JsonNode value) {
        String text = value.isTextual() ? value.textValue() : "";
        if (text.isEmpty() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            fault(field, "INVALID_VALUE", "must be a text of 1 to " + LONGEST_TEXT + " characters");
            return null;
        }
        return text;
    }

    private @Nullable Instant time() {
        JsonNode value = item.get("time");
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            // The database keeps microseconds; a finer instant would not equal itself when it comes again.
            return OffsetDateTime.parse(value.asText()).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            fault("time", "INVALID_VALUE", "must be an RFC 3339 instant");
            return null;
        }
    }

    private @Nullable ObjectNode data() {
        if (item.has("data_base64")) {
            fault("data_base64", "INVALID_VALUE", "binary data is not read; send data as a JSON object");
        }
        JsonNode value = item.get("data");
        if (value == null || value.isNull()) {
            return null;
        }
        if (!(value instanceof ObjectNode data)) {
            fault("data", "INVALID_VALUE", "must be a JSON object");
            return null;
        }
        String unfit = firstUnfit(data, "data");
        if (unfit != null) {
            fault(unfit, "INVALID_VALUE", "has a name or value that cannot be kept");
        }
        return data;
    }

    /** The database refuses the character NUL, and a number of a million digits is an attack. */
    private static @Nullable String firstUnfit(JsonNode node, String path) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\0') >= 0 ? path : null;
        }
        if (node.isNumber()) {
            return EventData.plausible(node.decimalValue()) ? null : path;
        }
        if (node.isObject()) {
            return node.properties().stream()
                    .map(field -> field.getKey().indexOf('\0') >= 0
                            ? path
                            : firstUnfit(field.getValue(), path + "." + field.getKey()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        for (JsonNode element : node) {
            String unfit = firstUnfit(element, path);
            if (unfit != null) {
                return unfit;
            }
        }
        return null;
    }

    private void fault(String field, String code, String detail) {
        faults.add(new Fault(field, code, field + " " + detail));
    }
}
