package dev.weir.ledger.directory.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read models' tables: catalog bodies, the catalog in force, customers' snapshots. Bodies stand as JSON text. */
@ApplicationScoped
public class DirectoryTables {

    /** Which version of a customer's snapshot is applied, and whose wallets it draws on. */
    public record Head(String customer, String root, long version) {}

    /** A catalog as it came. */
    public record StoredCatalog(long version, String body, boolean applied) {}

    /** A snapshot that waits for bodies. */
    public record Waiting(String customer, long version, String body, Set<String> missing) {}

    // Locks that make "is everything here?" and "this has come" exclude each other.
    private static final long BODIES_LOCK = 0x6c656467_0001L;

    public void lockBodies(Connection connection, boolean exclusive) throws SQLException {
        String function = exclusive ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + function + "(?)")) {
            statement.setLong(1, BODIES_LOCK);
            statement.execute();
        }
    }

    public Map<String, Head> heads(Connection connection, Collection<String> customers) throws SQLException {
        RoundTrip trip = new RoundTrip();
        Map<String, Head> heads = heads(trip, customers);
        trip.run(connection);
        return heads;
    }

    /** Adds customers' heads to a round trip. */
    public Map<String, Head> heads(RoundTrip trip, Collection<String> customers) {
        Map<String, Head> heads = new HashMap<>();
        trip.query(
                "SELECT customer, root, version FROM customer_snapshot WHERE customer = ANY (?)",
                rows -> {
                    while (rows.next()) {
                        heads.put(rows.getString(1), new Head(rows.getString(1), rows.getString(2), rows.getLong(3)));
                    }
                },
                Column.texts(customers));
        return heads;
    }

    public Map<String, String> snapshots(Connection connection, Collection<String> customers) throws SQLException {
        return texts(connection, "SELECT customer, body FROM customer_snapshot WHERE customer = ANY (?)", customers);
    }

    public Map<String, String> bodies(Connection connection, Collection<String> hashes) throws SQLException {
        return texts(connection, "SELECT hash, kind || ' ' || body FROM catalog_body WHERE hash = ANY (?)", hashes);
    }

    /** Which of those bodies are here. */
    public Set<String> present(Connection connection, Collection<String> hashes) throws SQLException {
        return new HashSet<>(texts(connection, "SELECT hash, kind FROM catalog_body WHERE hash = ANY (?)", hashes)
                .keySet());
    }

    public void putBody(Connection connection, String hash, String kind, String body) throws SQLException {
        execute(
                connection,
                "INSERT INTO catalog_body (hash, kind, body) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                hash,
                kind,
                body);
    }

    /** Stores a snapshot as the one the ledger works by, unless it has a newer one. */
    public void putSnapshot(Connection connection, String customer, String root, long version, String body)
            throws SQLException {
        execute(connection, """
                INSERT INTO customer_snapshot AS s (customer, root, version, body) VALUES (?, ?, ?, ?)
                ON CONFLICT (customer) DO UPDATE SET root = excluded.root, version = excluded.version,
                  body = excluded.body, applied_at = clock_timestamp()
                WHERE s.version < excluded.version""", customer, root, version, body);
    }

    public void putWaiting(Connection connection, Waiting waiting) throws SQLException {
        execute(
                connection,
                """
                INSERT INTO customer_snapshot_waiting AS w (customer, version, body, missing) VALUES (?, ?, ?, ?)
                ON CONFLICT (customer) DO UPDATE SET version = excluded.version, body = excluded.body,
                  missing = excluded.missing, received_at = clock_timestamp()
                WHERE w.version <= excluded.version""",
                waiting.customer(),
                waiting.version(),
                waiting.body(),
                connection.createArrayOf("text", waiting.missing().toArray()));
    }

    public void removeWaiting(Connection connection, String customer, long upTo) throws SQLException {
        execute(
                connection,
                "DELETE FROM customer_snapshot_waiting WHERE customer = ? AND version <= ?",
                customer,
                upTo);
    }

    /** Bodies of the snapshots that wait for a body. */
    public List<String> waitingFor(Connection connection, String hash) throws SQLException {
        List<String> bodies = new ArrayList<>();
        String select =
                "SELECT body FROM customer_snapshot_waiting WHERE missing @> ARRAY[?]::text[] ORDER BY customer";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, hash);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    bodies.add(rows.getString(1));
                }
            }
        }
        return bodies;
    }

    public void putCatalog(Connection connection, long version, String body) throws SQLException {
        execute(
                connection,
                "INSERT INTO catalog_in_force (version, body, applied) VALUES (?, ?, false) ON CONFLICT DO NOTHING",
                version,
                body);
    }

    /** Marks a catalog as applied; older ones are of no use any more. */
    public void applied(Connection connection, long version) throws SQLException {
        execute(connection, "UPDATE catalog_in_force SET applied = true WHERE version = ?", version);
        execute(connection, "DELETE FROM catalog_in_force WHERE version < ?", version);
    }

    /** The catalogs at hand, the newest first. */
    public List<StoredCatalog> catalogs(Connection connection) throws SQLException {
        List<StoredCatalog> catalogs = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT version, body, applied FROM catalog_in_force ORDER BY version DESC");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                catalogs.add(new StoredCatalog(rows.getLong(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return catalogs;
    }

    public void putUnit(Connection connection, String code, boolean credit, int scale, String name)
            throws SQLException {
        execute(connection, """
                INSERT INTO unit AS u (code, kind, scale, name) VALUES (?, ?, ?, ?)
                ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, scale = excluded.scale, name = excluded.name
                WHERE (u.kind, u.scale, u.name) IS DISTINCT FROM (excluded.kind, excluded.scale, excluded.name)""", code, credit ? 0 : 1, scale, name);
    }

    public Map<String, Integer> creditScales(Connection connection) throws SQLException {
        Map<String, Integer> scales = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT code, scale FROM unit WHERE kind = 0");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                scales.put(rows.getString(1), rows.getInt(2));
            }
        }
        return scales;
    }

    /** The database's clock. */
    public Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Columns.instant(row, 1);
        }
    }

    public Optional<Head> head(Connection connection, String customer) throws SQLException {
        return Optional.ofNullable(heads(connection, List.of(customer)).get(customer));
    }

    private static Map<String, String> texts(Connection connection, String select, Collection<String> keys)
            throws SQLException {
        Map<String, String> texts = new HashMap<>();
        if (keys.isEmpty()) {
            return texts;
        }
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return texts;
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
