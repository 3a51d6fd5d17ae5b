package dev.weir.simulators.stripe.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.usage.Receipts;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything the simulator knows. Not safe for threads: the engine lets one request in at a time. */
public final class World {
    private static final int EVENTS_KEPT = 1_000;
    private static final int METER_ERRORS_KEPT = 1_000;

    private final Map<String, Documents> kinds = new LinkedHashMap<>();
    private final Ids ids = new Ids();
    private final Usage usage = new Usage();
    private final Receipts receipts = new Receipts();
    private final Agenda agenda = new Agenda();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private final Deque<ObjectNode> meterErrors = new ArrayDeque<>();
    private long graceSeconds;
    private final long meterLagSeconds;
    private long meterErrorCount;
    private long invoiceNumber;
    private long now;
    private @Nullable String idempotencyKey;
    private Consumer<ObjectNode> listener = event -> {};

    /**
     * A world with nothing in it.
     *
     * @param graceSeconds from the end of a period to the finalization of its invoice
     * @param meterLagSeconds from the receipt of a meter event until summaries and previews show it
     */
    public World(long graceSeconds, long meterLagSeconds) {
        this.graceSeconds = graceSeconds;
        this.meterLagSeconds = meterLagSeconds;
    }

    /** The objects of a kind, by the name that {@code object} has. */
    public Documents of(String kind) {
        return kinds.computeIfAbsent(kind, Documents::new);
    }

    /** The kinds that have objects. */
    public Map<String, Documents> kinds() {
        return kinds;
    }

    /** Any object by its id, or null. */
    public @Nullable ObjectNode find(String id) {
        for (Documents documents : kinds.values()) {
            ObjectNode found = documents.find(id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    public Ids ids() {
        return ids;
    }

    public Usage usage() {
        return usage;
    }

    public Receipts receipts() {
        return receipts;
    }

    public Agenda agenda() {
        return agenda;
    }

    public long graceSeconds() {
        return graceSeconds;
    }

    /** Sets the grace period; only for the replay of a log that was begun with another one. */
    public void grace(long seconds) {
        graceSeconds = seconds;
    }

    /** Has every event from now on told to the listener. */
    public void listen(Consumer<ObjectNode> newListener) {
        listener = newListener;
    }

    /** Events received after this time are not shown yet by summaries and previews. */
    public long visibleUntil() {
        return meterLagSeconds == 0 ? Usage.ALL : now - meterLagSeconds;
    }

    /** The simulator's time, epoch seconds. */
    public long now() {
        return now;
    }

    /** Sets the time that the next change happens at. */
    public void at(long seconds, @Nullable String key) {
        now = seconds;
        idempotencyKey = key;
    }

    /** The next invoice number of the account. */
    public String nextInvoiceNumber() {
        invoiceNumber++;
        return "SIM-%06d".formatted(invoiceNumber);
    }

    /** A new document with the fields that all have. */
    public ObjectNode document(String kind, String prefix) {
        ObjectNode document = Json.object();
        document.put("id", ids.next(prefix));
        document.put("object", kind);
        return document;
    }

    /** Records that an object changed, as the events list and the webhooks tell it. */
    public void emit(String type, ObjectNode document) {
        ObjectNode event = document("event", "evt");
        event.put("api_version", "2026-07-29.dahlia");
        event.put("created", now);
        event.putObject("data").set("object", Views.plain(document));
        event.put("livemode", false);
        event.put("pending_webhooks", 0);
        ObjectNode request = event.putObject("request");
        request.putNull("id");
        request.put("idempotency_key", idempotencyKey);
        event.put("type", type);
        events.addLast(Json.bytes(event));
        listener.accept(event);
        if (events.size() > EVENTS_KEPT) {
            events.removeFirst();
        }
    }

    /** The latest events, newest first. They lie in memory as bytes, which are a tenth of the trees they make. */
    public List<ObjectNode> events() {
        return events.reversed().stream().map(Json::document).toList();
    }

    /** Records that a meter event was accepted and could not be used: Stripe says so later, by an error report. */
    public void meterError(String code, String meter, String identifier, String message) {
        meterErrorCount++;
        meterErrors.addLast(Json.object()
                .put("at", now)
                .put("code", code)
                .put("meter", meter)
                .put("identifier", identifier)
                .put("message", message)
                .put("idempotency_key", idempotencyKey));
        if (meterErrors.size() > METER_ERRORS_KEPT) {
            meterErrors.removeFirst();
        }
    }

    /** The latest meter errors, oldest first. */
    public List<ObjectNode> meterErrors() {
        return List.copyOf(meterErrors);
    }

    /** How many there were in all. */
    public long meterErrorCount() {
        return meterErrorCount;
    }
}
