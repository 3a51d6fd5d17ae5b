package dev.weir.platform.servicekit.web;

import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** The stored answers. */
@Singleton
class IdempotencyStore {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource database;

    IdempotencyStore(DataSource database) {
        this.database = database;
    }

    Optional<StoredAnswer> find(String scope) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT request_hash, status, media_type, headers, body FROM idempotency WHERE scope = ?")) {
            statement.setString(1, scope);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new StoredAnswer(
                                row.getString(1),
                                row.getInt(2),
                                row.getString(3),
                                StoredAnswer.headersFromJson(row.getString(4)),
                                row.getString(5)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the stored answers could not be read", e);
        }
    }

    /**
     * Stores the answer in the current transaction. If another transaction holds the same scope this waits for its end;
     * false if that one has committed.
     *
     * @throws Problem 409 if the other one does not end in time
     */
    boolean insert(String scope, StoredAnswer answer) {
        try (Connection connection = database.getConnection();
                Statement limit = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO idempotency (scope, request_hash, status, media_type, headers, body)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (scope) DO NOTHING""")) {
            limit.execute("SET LOCAL lock_timeout = '5s'");
            statement.setString(1, scope);
            statement.setString(2, answer.requestHash());
            statement.setInt(3, answer.status());
            statement.setString(4, answer.mediaType());
            statement.setString(5, answer.headersAsJson());
            statement.setString(6, answer.body());
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw Problem.conflict(
                        "IDEMPOTENCY_IN_PROGRESS", "a request with this Idempotency-Key is still under way");
            }
            throw new IllegalStateException("the answer could not be stored", e);
        }
    }
}
