package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Columns;
import dev.weir.ledger.posting.domain.BatchState.Booked;
import dev.weir.ledger.posting.domain.Charge;
import dev.weir.ledger.posting.domain.OpKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What makes effects happen once: operation keys with their answers, charges of events, booked totals. */
@ApplicationScoped
public class IdentityTables {

    /** The answer that a key was given before. */
    public record StoredOp(byte[] fingerprint, byte[] answer) {}

    /** A key and the answer given under it. */
    public record Answered(OpKey key, int kind, byte[] answer, Instant at) {}

    /** Stored answers by the hex of their keys. */
    public Map<String, StoredOp> operations(Connection connection, Collection<OpKey> keys) throws SQLException {
        Map<String, StoredOp> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT op_key, fingerprint, answer FROM op WHERE op_key = ANY (?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bytea", keys.stream().map(OpKey::bytes).toArray(byte[][]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(hex(rows.getBytes(1)), new StoredOp(rows.getBytes(2), rows.getBytes(3)));
                }
            }
        }
        return found;
    }

    public void insertOperations(Connection connection, List<Answered> answers) throws SQLException {
        if (answers.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO op (op_key, fingerprint, kind, answer, created_at) VALUES (?, ?, ?, ?, ?)")) {
            for (Answered answer : answers) {
                statement.setBytes(1, answer.key().bytes());
                statement.setBytes(2, answer.key().fingerprint());
                statement.setInt(3, answer.kind());
                statement.setBytes(4, answer.answer());
                Columns.set(statement, 5, answer.at());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Removes operation keys older than that, a few at a time. */
    public int purgeOperations(Connection connection, Instant before, int most) throws SQLException {
        String delete = """
                DELETE FROM op WHERE op_key IN (SELECT op_key FROM op WHERE created_at < ? LIMIT ?)""";
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            Columns.set(statement, 1, before);
            statement.setInt(2, most);
            return statement.executeUpdate();
        }
    }

    public List<Charge> charges(Connection connection, Collection<byte[]> keys) throws SQLException {
        List<Charge> charges = new ArrayList<>();
        if (keys.isEmpty()) {
            return charges;
        }
        String select = """
                SELECT charge_key, fingerprint, data_hash, event_time, wallet_id, resv_id, amount
                FROM charge WHERE charge_key = ANY (?)""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    charges.add(new Charge(
                            rows.getBytes(1),
                            rows.getBytes(2),
                            rows.getBytes(3),
                            Columns.instantOrNull(rows, 4),
                            rows.getObject(5, UUID.class),
                            rows.getObject(6, UUID.class),
                            rows.getLong(7)));
                }
            }
        }
        return charges;
    }

    public void insertCharges(Connection connection, List<Charge> charges, Instant now) throws SQLException {
        if (charges.isEmpty()) {
            return;
        }
        String insert = """
                INSERT INTO charge (charge_key, fingerprint, data_hash, event_time, wallet_id, resv_id, amount, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Charge charge : charges) {
                statement.setBytes(1, charge.key());
                statement.setBytes(2, charge.fingerprint());
                statement.setBytes(3, charge.dataHash());
                Columns.set(statement, 4, charge.eventTime());
                Columns.set(statement, 5, charge.wallet());
                Columns.set(statement, 6, charge.reservation());
                statement.setLong(7, charge.amount());
                Columns.set(statement, 8, now);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** What was booked of windows' reported totals; locked, because children of several roots never share one. */
    public List<Booked> totals(Connection connection, Collection<UUID> windows) throws SQLException {
        List<Booked> totals = new ArrayList<>();
        if (windows.isEmpty()) {
            return totals;
        }
        String select = """
                SELECT window_id, customer, feature, revision, booked, unpriced FROM reported_booked
                WHERE window_id = ANY (?) ORDER BY window_id FOR UPDATE""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, WalletTables.uuids(connection, windows));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    totals.add(new Booked(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getLong(6)));
                }
            }
        }
        return totals;
    }

    public void writeTotals(Connection connection, List<Booked> totals) throws SQLException {
        if (totals.isEmpty()) {
            return;
        }
        String upsert = """
                INSERT INTO reported_booked (window_id, customer, feature, revision, booked, unpriced)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (window_id) DO UPDATE SET revision = excluded.revision, booked = excluded.booked,
                  unpriced = excluded.unpriced""";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (Booked total : totals) {
                statement.setObject(1, total.windowId());
                statement.setString(2, total.customer());
                statement.setString(3, total.feature());
                statement.setLong(4, total.revision());
                statement.setLong(5, total.booked());
                statement.setLong(6, total.unpriced());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The hex of a key. */
    public static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
