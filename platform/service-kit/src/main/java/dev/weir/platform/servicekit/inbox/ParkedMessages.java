package dev.weir.platform.servicekit.inbox;

import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.events.IncomingEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The messages that wait for an operator, and how many there are (metric {@code weir_parked_messages}). */
@Singleton
public class ParkedMessages {

    private static final int ERROR_LENGTH_MAX = 4_000;

    private static final String PARK = """
            INSERT INTO parked_message AS known (id, type, event_id, subject, payload, error, attempts)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET error = excluded.error, attempts = known.attempts + excluded.attempts
            WHERE known.state = 'PARKED'""";

    private static final String COLUMNS =
            "SELECT id, type, event_id, subject, payload, error, attempts, parked_at FROM parked_message ";

    private static final String LIST = COLUMNS
            + "WHERE state = 'PARKED' AND (?::uuid IS NULL OR (parked_at, id) > (SELECT parked_at, id FROM parked_message"
            + " WHERE id = ?)) ORDER BY parked_at, id LIMIT ?";

    private static final String RESOLVE = """
            UPDATE parked_message SET state = ?, resolved_at = clock_timestamp(), resolved_by = ?, reason = ?
            WHERE id = ? AND state = 'PARKED'""";

    private final DataSource database;
    private final MeterRegistry metrics;
    private final Gauge gauge;
    private final AtomicLong waiting = new AtomicLong();

    ParkedMessages(DataSource database, MeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
        this.gauge = Gauge.builder("weir_parked_messages", waiting, AtomicLong::doubleValue)
                .description("Messages that could not be handled and wait for an operator")
                .register(metrics);
    }

    /** The registry may outlive this application, as it does when a test starts the next one. */
    @PreDestroy
    void stop() {
        metrics.remove(gauge);
    }

    /** Parks a message in a transaction of its own. */
    void park(byte[] payload, @Nullable IncomingEvent event, Throwable failure, int attempts) {
        QuarkusTransaction.requiringNew()
                .run(() -> execute(PARK, statement -> {
                    statement.setObject(1, idOf(payload));
                    statement.setString(2, event == null ? null : event.type());
                    statement.setString(3, event == null ? null : event.id());
                    statement.setString(4, event == null ? null : event.subject());
                    statement.setBytes(5, payload);
                    statement.setString(6, describe(failure));
                    statement.setInt(7, attempts);
                    return statement.executeUpdate();
                }));
        count();
    }

    /** The waiting messages, oldest first, after the one with this id. */
    public List<ParkedMessage> list(@Nullable UUID after, int limit) {
        return execute(LIST, statement -> {
            statement.setObject(1, after);
            statement.setObject(2, after);
            statement.setInt(3, limit);
            List<ParkedMessage> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(message(rows));
                }
            }
            return found;
        });
    }

    /** A waiting message. */
    public Optional<ParkedMessage> find(UUID id) {
        return execute(COLUMNS + "WHERE state = 'PARKED' AND id = ?", statement -> {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(message(rows)) : Optional.empty();
            }
        });
    }

    /** Notes that a waiting message was handled after all; false if it does not wait any more. */
    boolean markReplayed(UUID id, String who) {
        return resolve(id, "REPLAYED", who, null);
    }

    /** Gives a waiting message up; false if it does not wait any more. */
    public boolean discard(UUID id, String who, String reason) {
        return resolve(id, "DISCARDED", who, reason);
    }

    /** Counts anew: another instance may have parked or resolved some. */
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void count() {
        waiting.set(execute("SELECT count(*) FROM parked_message WHERE state = 'PARKED'", statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }));
    }

    private boolean resolve(UUID id, String state, String who, @Nullable String reason) {
        int changed = execute(RESOLVE, statement -> {
            statement.setString(1, state);
            statement.setString(2, who);
            statement.setString(3, reason);
            statement.setObject(4, id);
            return statement.executeUpdate();
        });
        count();
        return changed > 0;
    }

    /** A redelivery of the same message has the same id. */
    static UUID idOf(byte[] payload) {
        return Ids.of(new String(payload, StandardCharsets.ISO_8859_1));
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : "; caused by ").append(cause);
        }
        // PostgreSQL's text holds no NUL.
        String clean = text.toString().replace("\0", "");
        return clean.length() > ERROR_LENGTH_MAX ? clean.substring(0, ERROR_LENGTH_MAX) : clean;
    }

    private static ParkedMessage message(ResultSet row) throws SQLException {
        return new ParkedMessage(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("event_id"),
                row.getString("subject"),
                new String(row.getBytes("payload"), StandardCharsets.UTF_8),
                row.getString("error"),
                row.getInt("attempts"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant());
    }

    private <T> T execute(String sql, Work<T> work) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new InboxException("the parked messages could not be reached", e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }
}
