package dev.weir.catalog.document.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.document.domain.Node;
import dev.weir.platform.kernel.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes a document down again, its members in their order and its numbers as they were. */
public final class DocumentWriter {

    private static final int YAML_WIDTH = 160;

    private DocumentWriter() {}

    /** The document as JSON. */
    public static String json(Node document) {
        try {
            return Json.mapper().writeValueAsString(JsonTree.of(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document can always be written", e);
        }
    }

    /** The document as YAML. */
    public static String yaml(Node document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(YAML_WIDTH);
        return new Yaml(options).dump(plain(document));
    }

    private static @Nullable Object plain(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                mapping.members().forEach((name, member) -> members.put(name, plain(member)));
                yield members;
            }
            case Node.Sequence sequence -> {
                List<@Nullable Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Node.Text text -> text.value();
            case Node.Numeral number -> yamlNumber(number.value());
            case Node.Flag flag -> flag.value();
            case Node.Nothing _ -> null;
        };
    }

    private static Object yamlNumber(BigDecimal value) {
        return value.scale() == 0 ? value.toBigInteger() : value;
    }
}
