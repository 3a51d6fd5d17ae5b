package dev.weir.simulators.stripe.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters a call takes, as paths: {@code name}, {@code recurring.meter}, {@code items.#.price} ({@code #} is an
 * index), {@code metadata.*} (any name). Everything else is refused as unknown, also what the real Stripe would take and
 * the simulator does not do: to ignore it would be to lie.
 */
public final class Rules {
    private final Map<String, Rules> children = new TreeMap<>();

    private Rules() {}

    /** The parameters with these paths, and {@code expand}. */
    public static Rules of(String... paths) {
        Rules root = new Rules();
        root.add("expand.#");
        for (String path : paths) {
            root.add(path);
        }
        return root;
    }

    /** The parameters of a list call: paging, {@code expand} and these filters. */
    public static Rules list(String... paths) {
        Rules root = of(paths);
        for (String path : new String[] {
            "limit",
            "starting_after",
            "ending_before",
            "created",
            "created.gte",
            "created.gt",
            "created.lte",
            "created.lt"
        }) {
            root.add(path);
        }
        return root;
    }

    private void add(String path) {
        Rules at = this;
        for (String step : path.split("\\.")) {
            at = at.children.computeIfAbsent(step, ignored -> new Rules());
        }
    }

    /**
     * Checks the given parameters.
     *
     * @throws StripeError with {@code parameter_unknown} for the first that is not among them
     */
    void check(ObjectNode tree) {
        check(tree, "");
    }

    private void check(ObjectNode tree, String prefix) {
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            String name = field.getKey();
            String full = prefix.isEmpty() ? name : prefix + "[" + name + "]";
            Rules rule = children.get(name);
            if (rule == null && !name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
                rule = children.get("#");
            }
            if (rule == null) {
                rule = children.get("*");
            }
            if (rule == null) {
                throw StripeError.unknown(full);
            }
            if (field.getValue() instanceof ObjectNode object) {
                rule.check(object, full);
            }
        }
    }
}
