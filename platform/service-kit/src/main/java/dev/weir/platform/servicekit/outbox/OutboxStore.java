package dev.weir.platform.servicekit.outbox;

import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.events.EventKind;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The outbox tables. */
@Singleton
public class OutboxStore {

    private static final String INSERT_STATES = """
            WITH given AS (
                SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                              AS given (name, aggregate_id, version, shard, body)
            ), changed AS (
                INSERT INTO outbox_state AS old (name, aggregate_id, version, shard, body)
                SELECT name, aggregate_id, version, shard, body FROM given
                ON CONFLICT (name, aggregate_id) DO UPDATE
                SET version = excluded.version, shard = excluded.shard, body = excluded.body,
                    changed_at = clock_timestamp()
                WHERE old.version <= excluded.version
                RETURNING name, aggregate_id
            )
            INSERT INTO outbox_due (name, aggregate_id) SELECT name, aggregate_id FROM changed""";

    private static final String INSERT_FACTS = """
            INSERT INTO outbox_fact (name, id, subject, shard, body)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            ON CONFLICT (name, id) DO NOTHING""";

    // The deletion and the mark become durable with the commit, which follows the broker's confirmation.
    private static final String TAKE_STATES = """
            WITH due AS MATERIALIZED (
                SELECT seq, name, aggregate_id FROM outbox_due ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED
            ), taken AS (
                DELETE FROM outbox_due USING due WHERE outbox_due.seq = due.seq
            )
            SELECT name, aggregate_id, version, shard, body, changed_at FROM outbox_state
            WHERE (name, aggregate_id) IN (SELECT name, aggregate_id FROM due)""";

    private static final String TAKE_FACTS = """
            UPDATE outbox_fact SET published_at = clock_timestamp()
            WHERE seq IN (SELECT seq FROM outbox_fact WHERE published_at IS NULL
                          ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING name, id, subject, shard, body, created_at""";

    private static final String REPLAY_STATES = """
            SELECT name, aggregate_id, version, shard, body, changed_at FROM outbox_state
            WHERE (name, aggregate_id) > (?, ?) AND changed_at >= ? AND changed_at < ?
            ORDER BY name, aggregate_id LIMIT ?""";

    private static final String REPLAY_FACTS = """
            SELECT name, id, subject, shard, body, created_at, seq FROM outbox_fact
            WHERE seq > ? AND created_at >= ? AND created_at < ?
            ORDER BY seq LIMIT ?""";

    /** Which state: sorts by name, then aggregate. */
    public record StateKey(String name, String aggregateId) implements Comparable<StateKey> {

        private static final Comparator<StateKey> ORDER =
                Comparator.comparing(StateKey::name).thenComparing(StateKey::aggregateId);

        @Override
        public int compareTo(StateKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** A state to publish; the body is JSON text. */
    public record StateRow(String name, String aggregateId, long version, String shard, String body) {

        /** Which state it is. */
        public StateKey key() {
            return new StateKey(name, aggregateId);
        }
    }

    /** A fact to publish; the body is JSON text. */
    public record FactRow(String name, String id, String subject, String shard, String body) {}

    /** An event as the broker gets it. */
    public record Outgoing(String exchange, String routingKey, byte[] payload) {}

    /** A page of a replay, and where the next one begins; null after the last. */
    public record ReplayPage<K>(
            List<Outgoing> events, @Nullable K next) {}

    private final DataSource database;

    OutboxStore(DataSource database) {
        this.database = database;
    }

    /** Stores states in the current transaction. */
    public void insertStates(List<StateRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        insert(INSERT_STATES, (connection, statement) -> {
            statement.setArray(1, texts(connection, rows, StateRow::name));
            statement.setArray(2, texts(connection, rows, StateRow::aggregateId));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", rows.stream().map(StateRow::version).toArray()));
            statement.setArray(4, texts(connection, rows, StateRow::shard));
            statement.setArray(5, texts(connection, rows, StateRow::body));
        });
    }

    /** Stores facts in the current transaction; a known name and id is ignored. */
    public void insertFacts(List<FactRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        insert(INSERT_FACTS, (connection, statement) -> {
            statement.setArray(1, texts(connection, rows, FactRow::name));
            statement.setArray(2, texts(connection, rows, FactRow::id));
            statement.setArray(3, texts(connection, rows, FactRow::subject));
            statement.setArray(4, texts(connection, rows, FactRow::shard));
            statement.setArray(5, texts(connection, rows, FactRow::body));
        });
    }

    /** Takes what is due, out of the reach of other relays, until the connection's transaction ends. */
    List<Outgoing> take(Connection connection, int max) throws SQLException {
        List<Outgoing> events = new ArrayList<>();
        try (PreparedStatement facts = connection.prepareStatement(TAKE_FACTS)) {
            facts.setInt(1, max);
            try (ResultSet rows = facts.executeQuery()) {
                while (rows.next()) {
                    events.add(fact(rows));
                }
            }
        }
        try (PreparedStatement states = connection.prepareStatement(TAKE_STATES)) {
            states.setInt(1, max);
            try (ResultSet rows = states.executeQuery()) {
                while (rows.next()) {
                    events.add(state(rows));
                }
            }
        }
        return events;
    }

    /** The current states that changed in [from, to), page by page. */
    ReplayPage<StateKey> replayStates(StateKey after, Instant from, Instant to, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REPLAY_STATES)) {
            statement.setString(1, after.name());
            statement.setString(2, after.aggregateId());
            statement.setObject(3, utc(from));
            statement.setObject(4, utc(to));
            statement.setInt(5, limit);
            List<Outgoing> events = new ArrayList<>();
            StateKey last = after;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(state(rows));
                    last = new StateKey(rows.getString("name"), rows.getString("aggregate_id"));
                }
            }
            return new ReplayPage<>(events, events.size() < limit ? null : last);
        }
    }

    /** The facts that were recorded in [from, to), page by page. */
    ReplayPage<Long> replayFacts(long after, Instant from, Instant to, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REPLAY_FACTS)) {
            statement.setLong(1, after);
            statement.setObject(2, utc(from));
            statement.setObject(3, utc(to));
            statement.setInt(4, limit);
            List<Outgoing> events = new ArrayList<>();
            long last = after;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(fact(rows));
                    last = rows.getLong("seq");
                }
            }
            return new ReplayPage<>(events, events.size() < limit ? null : last);
        }
    }

    private static Outgoing state(ResultSet row) throws SQLException {
        String name = row.getString("name");
        String aggregate = row.getString("aggregate_id");
        long version = row.getLong("version");
        byte[] payload = Envelope.write(
                name,
                aggregate + "@" + version,
                aggregate,
                instant(row, "changed_at"),
                EventKind.STATE,
                version,
                row.getString("body"));
        return outgoing(name, row.getString("shard"), payload);
    }

    private static Outgoing fact(ResultSet row) throws SQLException {
        String name = row.getString("name");
        byte[] payload = Envelope.write(
                name,
                row.getString("id"),
                row.getString("subject"),
                instant(row, "created_at"),
                EventKind.FACT,
                0,
                row.getString("body"));
        return outgoing(name, row.getString("shard"), payload);
    }

    private static Outgoing outgoing(String name, String shard, byte[] payload) {
        return new Outgoing("weir." + Envelope.context(name), Envelope.routingKey(name, shard), payload);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static <T> Array texts(Connection connection, List<T> rows, Function<T, String> column)
            throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(column).toArray());
    }

    private void insert(String sql, Binding binding) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(connection, statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new OutboxException("the events could not be stored", e);
        }
    }

    @FunctionalInterface
    private interface Binding {
        void bind(Connection connection, PreparedStatement statement) throws SQLException;
    }
}
