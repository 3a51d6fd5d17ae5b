package dev.weir.metering.customer.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.metering.Database;
import dev.weir.metering.customer.app.SnapshotRows;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Shard;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots in PostgreSQL. */
@Singleton
class SnapshotStore implements SnapshotRows {

    private final Database database;

    SnapshotStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean receive(CustomerSnapshot snapshot) {
        return database.update(
                        """
                        INSERT INTO customer_snapshot AS s (customer, shard, received_version, received)
                        VALUES (?, ?, ?, ?::jsonb)
                        ON CONFLICT (customer) DO UPDATE
                        SET received_version = excluded.received_version, received = excluded.received
                        WHERE s.received_version < excluded.received_version""",
                        p -> p.text(snapshot.customer())
                                .small(Shard.number(snapshot.customer()))
                                .number(snapshot.version())
                                .text(write(snapshot)))
                == 1;
    }

    @Override
    public void await(String customer, Collection<String> hashes) {
        database.update("DELETE FROM awaited_body WHERE customer = ?", p -> p.text(customer));
        if (!hashes.isEmpty()) {
            database.update(
                    "INSERT INTO awaited_body (hash, customer) SELECT unnest(?::text[]), ?",
                    p -> p.all("text", hashes).text(customer));
        }
    }

    @Override
    public void arrived(String hash) {
        database.update("DELETE FROM awaited_body WHERE hash = ?", p -> p.text(hash));
    }

    @Override
    public List<String> ready(int limit) {
        return database.query("""
                SELECT customer FROM customer_snapshot s WHERE received_version > applied_version
                AND NOT EXISTS (SELECT 1 FROM awaited_body a WHERE a.customer = s.customer)
                ORDER BY customer LIMIT ?""", p -> p.number(limit), row -> row.getString(1));
    }

    @Override
    public Optional<CustomerSnapshot> received(String customer) {
        return snapshot("received", customer);
    }

    @Override
    public Optional<CustomerSnapshot> applied(String customer) {
        return snapshot("applied", customer);
    }

    @Override
    public void apply(String customer) {
        database.update(
                "UPDATE customer_snapshot SET applied_version = received_version, applied = received WHERE customer = ?",
                p -> p.text(customer));
    }

    @Override
    public Map<String, Long> appliedVersions(Collection<String> customers) {
        Map<String, Long> versions = new HashMap<>();
        database.each(
                "SELECT customer, applied_version FROM customer_snapshot WHERE customer = ANY(?) AND applied_version > 0",
                p -> p.all("text", customers),
                row -> Map.entry(row.getString(1), row.getLong(2)),
                entry -> versions.put(entry.getKey(), entry.getValue()));
        return versions;
    }

    private Optional<CustomerSnapshot> snapshot(String column, String customer) {
        return database.first(
                "SELECT " + column + " FROM customer_snapshot WHERE customer = ? AND " + column + " IS NOT NULL",
                p -> p.text(customer),
                row -> read(row.getString(1)));
    }

    private static String write(CustomerSnapshot snapshot) {
        try {
            return Json.mapper().writeValueAsString(snapshot);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written", e);
        }
    }

    private static CustomerSnapshot read(String json) {
        try {
            return Json.lenientMapper().readValue(json, CustomerSnapshot.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written here can be read", e);
        }
    }
}
