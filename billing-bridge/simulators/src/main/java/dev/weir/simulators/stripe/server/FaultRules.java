package dev.weir.simulators.stripe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.StripeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes wrong on purpose, and when. Faults are not kept over a restart. */
public final class FaultRules {
    private static final Set<String> FIELDS =
            Set.of("kind", "method", "path", "key", "nth", "times", "delay_ms", "status", "code", "reason", "cached");
    private static final Set<String> KINDS = Set.of(
            "delay",
            "drop-before-commit",
            "commit-then-drop",
            "commit-then-5xx",
            "5xx-no-commit",
            "409",
            "429",
            "truncated-json",
            "wrong-content-type");
    private static final Set<String> REASONS =
            Set.of("global-rate", "endpoint-rate", "global-concurrency", "endpoint-concurrency", "resource-specific");

    /**
     * One fault.
     *
     * @param kind what goes wrong
     * @param method HTTP method, or null for any
     * @param path path, with {@code *} at its end for a prefix; null for any
     * @param key idempotency key, or null for any
     * @param nth the first matching request that it hits, from 1
     * @param times how many it hits from there on; 0 for all
     * @param delayMillis how long to wait before anything else
     * @param status answered status of a 5xx
     * @param code error code, or null for the usual one
     * @param reason {@code Stripe-Rate-Limited-Reason}, or null for none
     * @param cached whether the faulty answer is kept under the idempotency key
     */
    public record Rule(
            String kind,
            @Nullable String method,
            @Nullable String path,
            @Nullable String key,
            int nth,
            int times,
            long delayMillis,
            int status,
            @Nullable String code,
            @Nullable String reason,
            boolean cached) {

        boolean matches(String requestMethod, String requestPath, @Nullable String requestKey) {
            return (method == null || method.equals(requestMethod))
                    && (path == null || pathMatches(requestPath))
                    && (key == null || key.equals(requestKey));
        }

        private boolean pathMatches(String requestPath) {
            return path != null
                    && (path.endsWith("*")
                            ? requestPath.startsWith(path.substring(0, path.length() - 1))
                            : path.equals(requestPath));
        }

        /**
         * Reads a rule.
         *
         * @throws StripeError if it is not one
         */
        static Rule of(JsonNode json) {
            json.fieldNames().forEachRemaining(name -> {
                if (!FIELDS.contains(name)) {
                    throw StripeError.unknown(name);
                }
            });
            String kind = Json.text(json, "kind");
            if (kind == null || !KINDS.contains(kind)) {
                throw StripeError.invalid(
                        "kind", "kind is one of " + KINDS.stream().sorted().toList());
            }
            String reason = Json.text(json, "reason");
            if (reason != null && !REASONS.contains(reason)) {
                throw StripeError.invalid(
                        "reason",
                        "reason is one of " + REASONS.stream().sorted().toList());
            }
            String code = Json.text(json, "code");
            boolean limited = "429".equals(kind) && code == null && reason == null;
            return new Rule(
                    kind,
                    Json.text(json, "method"),
                    Json.text(json, "path"),
                    Json.text(json, "key"),
                    json.path("nth").asInt(1),
                    json.path("times").asInt(1),
                    json.path("delay_ms").asLong("delay".equals(kind) ? 1_000 : 0),
                    json.path("status").asInt(500),
                    code,
                    limited ? "endpoint-rate" : reason,
                    json.path("cached").asBoolean("commit-then-5xx".equals(kind)));
        }
    }

    private static final class Armed {
        private final Rule rule;
        private int seen;
        private int hit;

        Armed(Rule rule) {
            this.rule = rule;
        }
    }

    private final List<Armed> rules = new ArrayList<>();

    /** Arms a fault. */
    synchronized void add(Rule rule) {
        rules.add(new Armed(rule));
    }

    /** Takes all faults away. */
    synchronized void clear() {
        rules.clear();
    }

    /** The first fault that hits this request, or null. Every rule counts every request that it matches. */
    synchronized @Nullable Rule next(String method, String path, @Nullable String key) {
        Rule found = null;
        for (Armed armed : rules) {
            if (!armed.rule.matches(method, path, key)) {
                continue;
            }
            armed.seen++;
            boolean within = armed.rule.times() == 0 || armed.hit < armed.rule.times();
            if (found == null && armed.seen >= armed.rule.nth() && within) {
                armed.hit++;
                found = armed.rule;
            }
        }
        return found;
    }

    /** The armed faults, with how often each has matched and hit. */
    synchronized List<ObjectNode> show() {
        return rules.stream()
                .map(armed -> Json.object()
                        .put("kind", armed.rule.kind())
                        .put("method", armed.rule.method())
                        .put("path", armed.rule.path())
                        .put("key", armed.rule.key())
                        .put("nth", armed.rule.nth())
                        .put("times", armed.rule.times())
                        .put("matched", armed.seen)
                        .put("hit", armed.hit))
                .toList();
    }
}
