package dev.weir.catalog.document.app;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON. */
final class JsonText {

    private JsonText() {}

    static Node read(String text, Faults faults) {
        try (JsonParser parser = Json.mapper().getFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                return new Node.Nothing();
            }
            Node document = node(parser, "", 0, faults);
            if (parser.nextToken() != null) {
                throw DocumentText.malformed("", "there is more after the document's end");
            }
            return document;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            String where =
                    location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw DocumentText.malformed(where, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    private static Node node(JsonParser parser, String place, int depth, Faults faults) throws IOException {
        if (depth > DocumentText.DEPTH_MAX) {
            throw DocumentText.malformed(place, "is nested too deeply");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, place, depth, faults);
            case START_ARRAY -> sequence(parser, place, depth, faults);
            case VALUE_STRING -> DocumentText.text(parser.getText(), place, faults);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> DocumentText.number(parser.getText());
            case VALUE_TRUE -> new Node.Flag(true);
            case VALUE_FALSE -> new Node.Flag(false);
            case VALUE_NULL -> new Node.Nothing();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private static Node mapping(JsonParser parser, String place, int depth, Faults faults) throws IOException {
        Map<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String below = DocumentText.below(place, name);
            DocumentText.legible(name, place, faults);
            parser.nextToken();
            if (members.put(name, node(parser, below, depth + 1, faults)) != null) {
                DocumentText.duplicate(faults, below);
            }
        }
        return new Node.Mapping(members);
    }

    private static Node sequence(JsonParser parser, String place, int depth, Faults faults) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser, place + "[" + items.size() + "]", depth + 1, faults));
        }
        return new Node.Sequence(items);
    }
}
