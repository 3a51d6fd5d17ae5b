package dev.weir.catalog.document.domain;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document as it was written, whether in YAML or JSON: nothing but maps, lists and scalars, in their order. */
public sealed interface Node {

    /** The members of a map; anything else has none. */
    default Map<String, Node> members() {
        return Map.of();
    }

    /** A map; its members in the order they were written. */
    record Mapping(Map<String, Node> members) implements Node {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** A list. */
    record Sequence(List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Text(String value) implements Node {}

    /** A number, exactly as written. */
    record Numeral(BigDecimal value) implements Node {}

    /** true or false. */
    record Flag(boolean value) implements Node {}

    /** null. */
    record Nothing() implements Node {}

    /** The document before anything was published. */
    static Node empty() {
        Map<String, Node> members = new LinkedHashMap<>();
        members.put("apiVersion", new Text(CatalogReader.API_VERSION));
        members.put("kind", new Text(CatalogReader.KIND));
        return new Mapping(members);
    }
}
