package dev.weir.platform.servicekit.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.outbox.OutboxStore;
import dev.weir.platform.servicekit.outbox.OutboxStore.FactRow;
import dev.weir.platform.servicekit.outbox.OutboxStore.StateKey;
import dev.weir.platform.servicekit.outbox.OutboxStore.StateRow;
import dev.weir.platform.servicekit.outbox.Relay;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events with the caller's transaction: they are stored when it commits, and only then, and the relay is woken
 * right after. What one transaction publishes is written in one batch just before the commit, so many calls are cheap.
 */
@Singleton
public class Outbox {

    private final TransactionSynchronizationRegistry transactions;
    private final OutboxStore store;
    private final Relay relay;

    Outbox(TransactionSynchronizationRegistry transactions, OutboxStore store, Relay relay) {
        this.transactions = transactions;
        this.store = store;
        this.relay = relay;
    }

    /**
     * Publishes an aggregate's whole state. Of several waiting versions only the latest is sent; an older version than the
     * stored one is ignored.
     *
     * @param name {@code <context>.<name>}, such as {@code ledger.wallet}
     * @param aggregateId the aggregate, which becomes the event's subject
     * @param version grows with every change of the aggregate
     * @param shard {@code Shard.of(root customer)}
     * @param body a record, map or JSON tree
     * @throws IllegalStateException if no transaction is active
     */
    public void state(String name, String aggregateId, long version, String shard, Object body) {
        buffer().add(new StateRow(name, aggregateId, version, requireShard(shard), json(body)));
    }

    /**
     * Publishes something that happened, once per name and id: a repeat is ignored.
     *
     * @param name {@code <context>.<name>}, such as {@code ledger.window-closed}
     * @param id the deduplication id, which follows from what happened
     * @param subject what it is about
     * @param shard {@code Shard.of(root customer)}
     * @param body a record, map or JSON tree
     * @throws IllegalStateException if no transaction is active
     */
    public void fact(String name, String id, String subject, String shard, Object body) {
        buffer().add(new FactRow(name, id, subject, requireShard(shard), json(body)));
    }

    private Buffer buffer() {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("events are published inside a transaction, and none is active");
        }
        if (transactions.getResource(this) instanceof Buffer buffer) {
            return buffer;
        }
        Buffer buffer = new Buffer();
        transactions.putResource(this, buffer);
        transactions.registerInterposedSynchronization(buffer);
        return buffer;
    }

    private static String requireShard(String shard) {
        if (shard.length() != 2) {
            throw new IllegalArgumentException("a shard is two hex digits: " + shard);
        }
        return shard;
    }

    private static String json(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body cannot be written as JSON", e);
        }
    }

    /** What the current transaction publishes. */
    private final class Buffer implements Synchronization {

        // Sorted, so that two transactions which publish the same aggregates lock them in the same order.
        private final TreeMap<StateKey, StateRow> states = new TreeMap<>();
        private final List<FactRow> facts = new ArrayList<>();
        private boolean flushed;

        void add(StateRow row) {
            @Nullable StateRow known = states.get(row.key());
            if (known == null || known.version() <= row.version()) {
                states.put(row.key(), row);
            }
            writeIfLate();
        }

        void add(FactRow row) {
            facts.add(row);
            writeIfLate();
        }

        /** Another beforeCompletion may publish after ours has run. */
        private void writeIfLate() {
            if (flushed) {
                write();
            }
        }

        private void write() {
            store.insertStates(List.copyOf(states.values()));
            store.insertFacts(List.copyOf(facts));
            states.clear();
            facts.clear();
        }

        @Override
        public void beforeCompletion() {
            write();
            flushed = true;
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                relay.wake();
            }
        }
    }
}
