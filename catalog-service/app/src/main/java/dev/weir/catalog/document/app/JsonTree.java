package dev.weir.catalog.document.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.catalog.document.domain.Node;

/** A document as a JSON tree. */
final class JsonTree {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private JsonTree() {}

    static JsonNode of(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                ObjectNode object = JSON.objectNode();
                mapping.members().forEach((name, member) -> object.set(name, of(member)));
                yield object;
            }
            case Node.Sequence sequence -> {
                ArrayNode array = JSON.arrayNode();
                sequence.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Node.Text text -> JSON.textNode(text.value());
            case Node.Numeral number ->
                number.value().scale() == 0
                        ? JSON.numberNode(number.value().toBigInteger())
                        : JSON.numberNode(number.value());
            case Node.Flag flag -> JSON.booleanNode(flag.value());
            case Node.Nothing _ -> JSON.nullNode();
        };
    }
}
