package dev.weir.catalog.document.app;

import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML, of which it takes maps, lists and plain scalars. Only {@code true} and {@code false} are flags: a key or value
 * {@code on} or {@code no} stays text.
 */
final class YamlText {

    private static final int ALIASES_MAX = 50;
    private static final int NODES_MAX = 200_000;

    private final Faults faults;
    private int nodes;

    YamlText(Faults faults) {
        this.faults = faults;
    }

    Node read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setNestingDepthLimit(DocumentText.DEPTH_MAX);
        options.setCodePointLimit(DocumentText.CHARACTERS_MAX);
        try {
            org.yaml.snakeyaml.nodes.Node root = new Yaml(options).compose(new StringReader(text));
            return root == null ? new Node.Nothing() : node(root, "", 0);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String where = mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            throw DocumentText.malformed(where, e.getProblem() == null ? "is not YAML" : e.getProblem());
        } catch (YAMLException e) {
            throw DocumentText.malformed("", "is not YAML, or is nested or repeated too much");
        }
    }

    private Node node(org.yaml.snakeyaml.nodes.Node node, String place, int depth) {
        // Aliases share nodes: what they unfold to is bounded here, and a node inside itself ends at the depth.
        if (depth > DocumentText.DEPTH_MAX || ++nodes > NODES_MAX) {
            throw DocumentText.malformed(place, "is nested or repeated too much");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, place, depth);
            case SequenceNode sequence -> sequence(sequence, place, depth);
            case ScalarNode scalar -> scalar(scalar, place);
            case AnchorNode anchor -> node(anchor.getRealNode(), place, depth + 1);
            default -> throw new IllegalStateException("no such YAML node: " + node.getNodeId());
        };
    }

    private Node mapping(MappingNode mapping, String place, int depth) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(place, "INVALID_KEY", "a key must be a plain text");
                continue;
            }
            String below = DocumentText.below(place, key.getValue());
            DocumentText.legible(key.getValue(), place, faults);
            if (members.put(key.getValue(), node(tuple.getValueNode(), below, depth + 1)) != null) {
                DocumentText.duplicate(faults, below);
            }
        }
        return new Node.Mapping(members);
    }

    private Node sequence(SequenceNode sequence, String place, int depth) {
        List<Node> items = new ArrayList<>();
        for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
            items.add(node(item, place + "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(items);
    }

    private Node scalar(ScalarNode scalar, String place) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return new Node.Nothing();
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return DocumentText.number(value);
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (tag.equals(Tag.BOOL) && (lower.equals("true") || lower.equals("false"))) {
            return new Node.Flag(lower.equals("true"));
        }
        return DocumentText.text(value, place, faults);
    }
}
