package dev.weir.billing.sync.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.domain.SyncCommand;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table of commands. Plain SQL, because claiming work needs SKIP LOCKED and one statement. Call within a transaction.
 *
 * <p>A lane (ordering key) has one command in flight at most, the oldest first. A command in flight whose lease has run out
 * counts as unknown: the process that sent it may have died before or after the provider acted, so it is sent again under
 * the same key.
 */
@ApplicationScoped
public class CommandTable {
    private final DataSource dataSource;

    @Inject
    public CommandTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Adds a command unless the newest one for the same object asks for the same already.
     *
     * @return whether it was added
     */
    public boolean add(String provider, String naturalKey, String orderingKey, long version, ProviderCommand command) {
        String payload = write(command);
        String hash = CanonicalJson.hash(command);
        String kind = command.commandKind().name();
        String key = Sha256.hex(provider + "|" + kind + "|" + naturalKey + "|" + version + "|" + hash + "|1");
        String sql = """
                INSERT INTO sync_command (provider, kind, natural_key, desired_version, ordering_key, payload, payload_hash,
                                          idem_key, state, next_at)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', clock_timestamp()
                WHERE ? IS DISTINCT FROM (SELECT payload_hash FROM sync_command
                                          WHERE provider = ? AND kind = ? AND natural_key = ?
                                          ORDER BY desired_version DESC LIMIT 1)
                ON CONFLICT DO NOTHING
                """;
        return update(
                        sql,
                        provider,
                        kind,
                        naturalKey,
                        version,
                        orderingKey,
                        payload,
                        hash,
                        key,
                        hash,
                        provider,
                        kind,
                        naturalKey)
                == 1;
    }

    /** Claims the first due command of each free lane. */
    public List<SyncCommand> claim(int limit, Duration lease) {
        String sql = """
                UPDATE sync_command SET state = 'IN_FLIGHT', attempts = attempts + 1,
                       first_sent_at = coalesce(first_sent_at, clock_timestamp()),
                       lease_until = clock_timestamp() + ? * interval '1 millisecond'
                WHERE seq IN (
                    SELECT c.seq FROM sync_command c
                    WHERE (c.state IN ('PENDING', 'UNKNOWN') AND c.next_at <= clock_timestamp()
                           OR c.state = 'IN_FLIGHT' AND c.lease_until < clock_timestamp())
                      AND NOT EXISTS (SELECT 1 FROM sync_command p
                                      WHERE p.ordering_key = c.ordering_key AND p.seq < c.seq
                                        AND p.state IN ('PENDING', 'IN_FLIGHT', 'UNKNOWN'))
                    ORDER BY c.seq LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING seq, natural_key, ordering_key, payload, idem_key, generation, attempts, first_sent_at
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lease.toMillis());
            statement.setInt(2, limit);
            List<SyncCommand> claimed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Timestamp sent = rows.getTimestamp(8);
                    claimed.add(new SyncCommand(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            read(rows.getString(4)),
                            rows.getString(5),
                            rows.getInt(6),
                            rows.getInt(7),
                            sent == null ? null : sent.toInstant()));
                }
            }
            return claimed;
        } catch (SQLException failure) {
            throw new IllegalStateException("claiming commands failed", failure);
        }
    }

    /** Marks a command done. */
    public void delivered(long seq, String remoteId) {
        update(
                "UPDATE sync_command SET state = 'DELIVERED', remote_id = ?, finished_at = clock_timestamp(), error_code = NULL,"
                        + " error_detail = NULL WHERE seq = ?",
                remoteId,
                seq);
    }

    /** Marks a command refused for good. */
    public void rejected(long seq, String code, String detail) {
        update(
                "UPDATE sync_command SET state = 'REJECTED', finished_at = clock_timestamp(), error_code = ?, error_detail = ?"
                        + " WHERE seq = ?",
                code,
                detail,
                seq);
    }

    /**
     * Puts a command back to be sent again.
     *
     * @param unknown whether the last attempt may have taken effect
     * @param counted whether the attempt counts (one that only waited for another object does not)
     */
    public void retry(long seq, boolean unknown, boolean counted, Duration after, String code, String detail) {
        update("""
                UPDATE sync_command SET state = ?, next_at = clock_timestamp() + ? * interval '1 millisecond',
                       attempts = attempts - ?, first_sent_at = CASE WHEN ? THEN NULL ELSE first_sent_at END,
                       error_code = ?, error_detail = ? WHERE seq = ?
                """, unknown ? "UNKNOWN" : "PENDING", after.toMillis(), counted ? 0 : 1, !counted, code, detail, seq);
    }

    /**
     * Gives a command whose outcome stays unknown a new key: the provider may have stored a failure under the old one and
     * would repeat it for a day.
     */
    public void nextGeneration(long seq) {
        update("""
                UPDATE sync_command SET generation = generation + 1,
                       idem_key = encode(sha256(convert_to(idem_key || '|' || (generation + 1)::text, 'UTF8')), 'hex')
                WHERE seq = ?
                """, seq);
    }

    /** Gives a refused command a new generation: a new key, and another try. */
    public boolean replay(long seq) {
        return update("""
                UPDATE sync_command SET state = 'PENDING', generation = generation + 1, next_at = clock_timestamp(),
                       attempts = 0, first_sent_at = NULL, finished_at = NULL,
                       idem_key = encode(sha256(convert_to(idem_key || '|' || (generation + 1)::text, 'UTF8')), 'hex')
                WHERE seq = ? AND state IN ('REJECTED', 'DEAD')
                """, seq) == 1;
    }

    /** Whether a lane has anything that is not finished. */
    public boolean busy(String orderingKey) {
        return count(
                        "SELECT count(*) FROM sync_command WHERE ordering_key = ? AND state IN ('PENDING', 'IN_FLIGHT', 'UNKNOWN')",
                        orderingKey)
                > 0;
    }

    /** How many commands are in a state. */
    public long count(List<String> states) {
        return count(
                "SELECT count(*) FROM sync_command WHERE state = ANY (string_to_array(?, ','))",
                String.join(",", states));
    }

    private long count(String sql, String parameter) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("counting commands failed", failure);
        }
    }

    private int update(String sql, @Nullable Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("writing a command failed", failure);
        }
    }

    private static String write(ProviderCommand command) {
        try {
            return Json.mapper().writerFor(ProviderCommand.class).writeValueAsString(command);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a command cannot be written as JSON", broken);
        }
    }

    private static ProviderCommand read(String payload) {
        try {
            return Json.lenientMapper().readValue(payload, ProviderCommand.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored command cannot be read", broken);
        }
    }
}
