package dev.weir.simulators.stripe.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest requests to the API, in memory only: what came, and what was answered. */
public final class RequestLog {
    private static final int KEPT = 2_000;

    /**
     * One request.
     *
     * @param id {@code req_…}, as answered
     * @param atMillis machine time, epoch milliseconds
     * @param method HTTP method
     * @param path path
     * @param key idempotency key
     * @param form names and values
     * @param status answered status; 0 where the connection was dropped
     * @param replayed whether the answer was a kept one
     * @param fault kind of the injected fault
     */
    public record Entry(
            String id,
            long atMillis,
            String method,
            String path,
            @Nullable String key,
            Map<String, String> form,
            int status,
            boolean replayed,
            @Nullable String fault) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long count;

    synchronized void add(Entry entry) {
        count++;
        entries.addLast(entry);
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    synchronized long count() {
        return count;
    }

    /** The latest that the filter lets through, newest first. */
    synchronized List<ObjectNode> latest(Predicate<Entry> filter, int limit) {
        List<Entry> newestFirst = new ArrayList<>(entries.reversed());
        return newestFirst.stream()
                .filter(filter)
                .limit(limit)
                .map(RequestLog::show)
                .toList();
    }

    private static ObjectNode show(Entry entry) {
        ObjectNode node = Json.object();
        node.put("id", entry.id()).put("at_millis", entry.atMillis());
        node.put("method", entry.method()).put("path", entry.path());
        node.put("idempotency_key", entry.key());
        node.put("status", entry.status()).put("replayed", entry.replayed()).put("fault", entry.fault());
        ObjectNode form = node.putObject("params");
        entry.form().forEach(form::put);
        return node;
    }
}
