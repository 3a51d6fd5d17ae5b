package dev.weir.simulators.stripe.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call's parameters, read by dotted path. An empty value stands for "unset", as on Stripe's wire. */
public final class Params {
    private final ObjectNode tree;
    private final String prefix;

    private Params(ObjectNode tree, String prefix) {
        this.tree = tree;
        this.prefix = prefix;
    }

    /**
     * The parameters of a request, all of them known to the rules.
     *
     * @throws StripeError for the first that is unknown
     */
    public static Params of(Map<String, String> form, Rules rules) {
        ObjectNode tree = Form.tree(form);
        rules.check(tree);
        return new Params(tree, "");
    }

    /** Whether the parameter was given, be it empty. */
    public boolean has(String path) {
        return find(path) != null;
    }

    /** The value, or null where it is not given or empty. */
    public @Nullable String text(String path) {
        JsonNode node = find(path);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw StripeError.invalid(name(path), "Invalid " + name(path) + ": must be a value, not an object.");
        }
        return node.asText().isEmpty() ? null : node.asText();
    }

    /** The value, which the call cannot do without. */
    public String need(String path) {
        String value = text(path);
        if (value == null) {
            throw StripeError.missing(name(path));
        }
        return value;
    }

    /** One of these words, or the given default. */
    public String choice(String path, String otherwise, Set<String> words) {
        String value = text(path);
        if (value == null) {
            return otherwise;
        }
        if (!words.contains(value)) {
            throw StripeError.invalid(
                    name(path),
                    "Invalid " + name(path) + ": must be one of "
                            + String.join(", ", words.stream().sorted().toList()));
        }
        return value;
    }

    /** A whole number, or null. */
    public @Nullable Long number(String path) {
        String value = text(path);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw StripeError.validation("parameter_invalid_integer", name(path), "Invalid integer: " + value);
        }
    }

    /** A decimal with at most 12 places, or null. */
    public @Nullable BigDecimal decimal(String path) {
        String value = text(path);
        if (value == null) {
            return null;
        }
        if (!value.matches("-?[0-9]{1,18}(\\.[0-9]+)?")) {
            throw StripeError.validation("parameter_invalid_string", name(path), "Invalid decimal: " + value);
        }
        BigDecimal decimal = new BigDecimal(value);
        if (decimal.stripTrailingZeros().scale() > 12) {
            throw StripeError.invalid(
                    name(path), "Invalid decimal: " + value + "; must contain at most 12 decimal places.");
        }
        return decimal;
    }

    /** True or false, or null. */
    public @Nullable Boolean flag(String path) {
        String value = text(path);
        if (value == null) {
            return null;
        }
        if (!"true".equals(value) && !"false".equals(value)) {
            throw StripeError.invalid(name(path), "Invalid boolean: " + value);
        }
        return Boolean.valueOf(value);
    }

    /** Whether the flag is given and true. */
    public boolean isTrue(String path) {
        return Boolean.TRUE.equals(flag(path));
    }

    /** The elements of an array of objects, by index. */
    public List<Params> list(String path) {
        List<Params> elements = new ArrayList<>();
        for (String index : indices(path)) {
            JsonNode node = find(path + "." + index);
            if (!(node instanceof ObjectNode object)) {
                throw StripeError.invalid(name(path), "Invalid array: " + name(path) + " takes objects.");
            }
            elements.add(new Params(object, name(path + "." + index)));
        }
        return elements;
    }

    /** The elements of an array of values, by index. */
    public List<String> texts(String path) {
        return indices(path).stream().map(index -> need(path + "." + index)).toList();
    }

    /** The nested names and values (metadata, payload); empty where not given. */
    public ObjectNode map(String path) {
        return find(path) instanceof ObjectNode object ? object.deepCopy() : Json.object();
    }

    /** The parameter's name on the wire, brackets and all. */
    public String name(String path) {
        String[] steps = path.split("\\.");
        StringBuilder name = new StringBuilder(prefix.isEmpty() ? steps[0] : prefix + "[" + steps[0] + "]");
        for (int i = 1; i < steps.length; i++) {
            name.append('[').append(steps[i]).append(']');
        }
        return name.toString();
    }

    private List<String> indices(String path) {
        JsonNode node = find(path);
        if (node == null || (node.isTextual() && node.asText().isEmpty())) {
            return List.of();
        }
        if (!(node instanceof ObjectNode object)) {
            throw StripeError.invalid(name(path), "Invalid array: " + name(path));
        }
        List<String> indices = new ArrayList<>();
        object.fieldNames().forEachRemaining(indices::add);
        indices.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        return indices;
    }

    private @Nullable JsonNode find(String path) {
        JsonNode at = tree;
        for (String step : path.split("\\.")) {
            at = at == null ? null : at.get(step);
        }
        return at;
    }
}
