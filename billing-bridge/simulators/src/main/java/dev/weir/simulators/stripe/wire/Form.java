package dev.weir.simulators.stripe.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code application/x-www-form-urlencoded} as Stripe reads it: brackets nest, {@code [0]} and {@code []} index. */
public final class Form {
    private Form() {}

    /** Decodes a body or a query string to name and value, names still with their brackets. */
    public static Map<String, String> decode(@Nullable String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return fields;
        }
        Map<String, Integer> next = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
            if (name.endsWith("[]")) {
                String stem = name.substring(0, name.length() - 2);
                int index = next.merge(stem, 1, Integer::sum) - 1;
                name = stem + "[" + index + "]";
            }
            fields.put(name, value);
        }
        return fields;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeError.validation(null, null, "Invalid request: the parameters are not form-encoded.");
        }
    }

    /** The nested document that the names describe; an array stays an object with numbers for names. */
    static ObjectNode tree(Map<String, String> fields) {
        ObjectNode root = Json.object();
        fields.forEach((name, value) -> {
            List<String> steps = steps(name);
            ObjectNode at = root;
            for (String step : steps.subList(0, steps.size() - 1)) {
                JsonNode child = at.get(step);
                if (child == null) {
                    at = at.putObject(step);
                } else if (child instanceof ObjectNode object) {
                    at = object;
                } else {
                    throw StripeError.invalid(name, "Invalid " + step + ": it is given as a value and as an object.");
                }
            }
            at.put(steps.getLast(), value);
        });
        return root;
    }

    private static List<String> steps(String name) {
        List<String> steps = new ArrayList<>();
        int open = name.indexOf('[');
        if (open <= 0) {
            steps.add(name);
            return steps;
        }
        steps.add(name.substring(0, open));
        while (open >= 0 && open < name.length()) {
            int close = name.indexOf(']', open);
            if (name.charAt(open) != '[' || close < 0) {
                throw StripeError.invalid(name, "Invalid parameter name: " + name);
            }
            steps.add(name.substring(open + 1, close));
            open = close + 1;
        }
        return steps;
    }
}
