package dev.weir.simulators.stripe.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that changed something, or whose refusal is kept under its idempotency key. The state of the simulator is
 * what the commands of the log make of nothing.
 *
 * @param at the simulator's time, epoch milliseconds
 * @param method HTTP method
 * @param path path without the query
 * @param form names and values as sent
 * @param key idempotency key
 * @param substitute what was answered instead of the outcome (a fault that is kept under the key)
 */
public record Command(
        long at,
        String method,
        String path,
        Map<String, String> form,
        @Nullable String key,
        @Nullable Substitute substitute) {

    public Command {
        if (key != null && key.equals(form.get("identifier"))) {
            // Clients send one string as identifier and as key: of a hundred thousand, one copy is kept, not two.
            form = new LinkedHashMap<>(form);
            form.put("identifier", key);
        }
    }

    /**
     * A fault as the caller saw it.
     *
     * @param executed whether the request took effect all the same
     * @param status answered HTTP status
     * @param code error code, if any
     */
    public record Substitute(
            boolean executed, int status, @Nullable String code) {}

    /** The command as one line of JSON. */
    String line() {
        ObjectNode line = Json.object();
        line.put("t", at).put("m", method).put("p", path);
        if (key != null) {
            line.put("k", key);
        }
        if (!form.isEmpty()) {
            ObjectNode fields = line.putObject("f");
            form.forEach(fields::put);
        }
        if (substitute != null) {
            line.putObject("o")
                    .put("executed", substitute.executed())
                    .put("status", substitute.status())
                    .put("code", substitute.code());
        }
        return line.toString();
    }

    /** Reads a line back. */
    static Command of(String line) throws JsonProcessingException {
        JsonNode node = Json.read(line);
        Map<String, String> form = new LinkedHashMap<>();
        node.path("f")
                .properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asText()));
        JsonNode override = node.get("o");
        return new Command(
                node.path("t").asLong(),
                Json.need(node, "m"),
                Json.need(node, "p"),
                form,
                Json.text(node, "k"),
                override == null
                        ? null
                        : new Substitute(
                                Json.flag(override, "executed"),
                                (int) Json.number(override, "status"),
                                Json.text(override, "code")));
    }
}
