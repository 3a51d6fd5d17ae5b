package dev.weir.ledger.posting.persistence;

import dev.weir.ledger.Column;
import dev.weir.ledger.Columns;
import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.posting.domain.BatchState.Booked;
import dev.weir.ledger.posting.domain.Charge;
import dev.weir.ledger.posting.domain.OpKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What makes effects happen once: operation keys with their answers, charges of events, booked totals. Keys are looked up by a
 * join, so that each is looked for in its own partition only.
 */
@ApplicationScoped
public class IdentityTables {
    private static final String INSERT_OPERATIONS = """
            INSERT INTO op (op_key, fingerprint, kind, answer, created_at)
            SELECT g.op_key, g.fingerprint, g.kind, g.answer, %s
            FROM unnest(?::bytea[], ?::bytea[], ?::int[], ?::bytea[], ?::bigint[])
              AS g (op_key, fingerprint, kind, answer, created_at)""".formatted(Column.time("g.created_at"));

    private static final String INSERT_CHARGES =
            """
            INSERT INTO charge (charge_key, fingerprint, data_hash, event_time, wallet_id, resv_id, amount, created_at)
            SELECT g.charge_key, g.fingerprint, g.data_hash, %s, g.wallet_id, g.resv_id, g.amount, %s
            FROM unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::bigint[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[])
              AS g (charge_key, fingerprint, data_hash, event_time, wallet_id, resv_id, amount, created_at)""".formatted(Column.time("g.event_time"), Column.time("g.created_at"));

    /** The answer that a key was given before. */
    public record StoredOp(byte[] fingerprint, byte[] answer) {}

    /** A key and the answer given under it. */
    public record Answered(OpKey key, int kind, byte[] answer, Instant at) {}

    /** Adds the stored answers of keys to a round trip: they come by the hex of their keys. */
    public Map<String, StoredOp> operations(RoundTrip trip, Collection<OpKey> keys) {
        Map<String, StoredOp> found = new HashMap<>();
        if (!keys.isEmpty()) {
            trip.query(
                    "SELECT o.op_key, o.fingerprint, o.answer FROM unnest(?::bytea[]) AS k (op_key) JOIN op o USING (op_key)",
                    rows -> {
                        while (rows.next()) {
                            found.put(hex(rows.getBytes(1)), new StoredOp(rows.getBytes(2), rows.getBytes(3)));
                        }
                    },
                    Column.bytes(keys, OpKey::bytes));
        }
        return found;
    }

    /** Adds answers to a round trip. */
    public void insertOperations(RoundTrip trip, List<Answered> answers) {
        if (!answers.isEmpty()) {
            trip.update(
                    INSERT_OPERATIONS,
                    Column.bytes(answers, answer -> answer.key().bytes()),
                    Column.bytes(answers, answer -> answer.key().fingerprint()),
                    Column.ints(answers, Answered::kind),
                    Column.bytes(answers, Answered::answer),
                    Column.times(answers, Answered::at));
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

    /** Adds the charges of keys to a round trip. */
    public List<Charge> charges(RoundTrip trip, Collection<byte[]> keys) {
        List<Charge> charges = new ArrayList<>();
        if (!keys.isEmpty()) {
            trip.query(
                    """
                    SELECT c.charge_key, c.fingerprint, c.data_hash, c.event_time, c.wallet_id, c.resv_id, c.amount
                    FROM unnest(?::bytea[]) AS k (charge_key) JOIN charge c USING (charge_key)""",
                    rows -> {
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
                    },
                    Column.bytes(keys, key -> key));
        }
        return charges;
    }

    /** Adds new charges to a round trip. */
    public void insertCharges(RoundTrip trip, List<Charge> charges, Instant now) {
        if (!charges.isEmpty()) {
            trip.update(
                    INSERT_CHARGES,
                    Column.bytes(charges, Charge::key),
                    Column.bytes(charges, Charge::fingerprint),
                    Column.bytes(charges, Charge::dataHash),
                    Column.times(charges, Charge::eventTime),
                    Column.uuids(charges, Charge::wallet),
                    Column.uuids(charges, Charge::reservation),
                    Column.longs(charges, Charge::amount),
                    Column.times(charges, charge -> now));
        }
    }

    /** Adds what was booked of windows' reported totals to a round trip; locked, because roots never share a window. */
    public List<Booked> totals(RoundTrip trip, Collection<UUID> windows) {
        List<Booked> totals = new ArrayList<>();
        if (!windows.isEmpty()) {
            trip.query(
                    """
                    SELECT window_id, customer, feature, revision, booked, unpriced FROM reported_booked
                    WHERE window_id = ANY (?) ORDER BY window_id FOR UPDATE""",
                    rows -> {
                        while (rows.next()) {
                            totals.add(new Booked(
                                    rows.getObject(1, UUID.class),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getLong(4),
                                    rows.getLong(5),
                                    rows.getLong(6)));
                        }
                    },
                    Column.uuids(windows));
        }
        return totals;
    }

    /** Adds changed totals to a round trip. */
    public void writeTotals(RoundTrip trip, List<Booked> totals) {
        if (!totals.isEmpty()) {
            trip.update(
                    """
                    INSERT INTO reported_booked (window_id, customer, feature, revision, booked, unpriced)
                    SELECT g.* FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[]) AS g
                    ORDER BY 1
                    ON CONFLICT (window_id) DO UPDATE SET revision = excluded.revision, booked = excluded.booked,
                      unpriced = excluded.unpriced""",
                    Column.uuids(totals, Booked::windowId),
                    Column.texts(totals, Booked::customer),
                    Column.texts(totals, Booked::feature),
                    Column.longs(totals, Booked::revision),
                    Column.longs(totals, Booked::booked),
                    Column.longs(totals, Booked::unpriced));
        }
    }

    /** The hex of a key. */
    public static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
