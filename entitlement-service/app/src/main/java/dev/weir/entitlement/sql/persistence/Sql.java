package dev.weir.entitlement.sql.persistence;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the service's database, in the caller's transaction if there is one. Instants, UUIDs, numbers, texts and
 * collections of texts may be bound; a row is read by {@link Row}.
 */
@Singleton
public class Sql {

    /** Reads one row. */
    @FunctionalInterface
    public interface Mapper<T> {
        /** The value of the row. */
        T of(Row row) throws SQLException;
    }

    private final DataSource database;

    Sql(DataSource database) {
        this.database = database;
    }

    /** Every row of a query. */
    public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                Row row = new Row(rows);
                while (rows.next()) {
                    found.add(mapper.of(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("a query failed: " + e.getMessage(), e);
        }
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
        return list(sql, mapper, parameters).stream().findFirst();
    }

    /** Runs a statement and answers how many rows it touched. */
    public int update(String sql, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a statement failed: " + e.getMessage(), e);
        }
    }

    /** Runs a statement once for each row of parameters, all sent together. */
    public void batch(String sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                bind(connection, statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("a statement failed: " + e.getMessage(), e);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, value(connection, parameters[i]));
        }
    }

    private static @Nullable Object value(Connection connection, @Nullable Object parameter) throws SQLException {
        return switch (parameter) {
            case null -> null;
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            case Collection<?> texts -> array(connection, texts);
            default -> parameter;
        };
    }

    private static Array array(Connection connection, Collection<?> values) throws SQLException {
        boolean ids = values.stream().allMatch(UUID.class::isInstance) && !values.isEmpty();
        return connection.createArrayOf(ids ? "uuid" : "text", values.toArray());
    }

    /** The row that a query stands at. */
    public static final class Row {
        private final ResultSet rows;

        Row(ResultSet rows) {
            this.rows = rows;
        }

        /** A text that is there. */
        public String text(String column) throws SQLException {
            return there(rows.getString(column), column);
        }

        /** A text, or null. */
        public @Nullable String textOrNull(String column) throws SQLException {
            return rows.getString(column);
        }

        /** An instant that is there. */
        public Instant instant(String column) throws SQLException {
            return there(instantOrNull(column), column);
        }

        /** An instant, or null. */
        public @Nullable Instant instantOrNull(String column) throws SQLException {
            OffsetDateTime found = rows.getObject(column, OffsetDateTime.class);
            return found == null ? null : found.toInstant();
        }

        /** A UUID that is there. */
        public UUID uuid(String column) throws SQLException {
            return there(rows.getObject(column, UUID.class), column);
        }

        /** A UUID, or null. */
        public @Nullable UUID uuidOrNull(String column) throws SQLException {
            return rows.getObject(column, UUID.class);
        }

        /** A whole number; null is 0. */
        public long number(String column) throws SQLException {
            return rows.getLong(column);
        }

        /** A whole number; null is 0. */
        public int integer(String column) throws SQLException {
            return rows.getInt(column);
        }

        /** A truth value. */
        public boolean flag(String column) throws SQLException {
            return rows.getBoolean(column);
        }

        private static <T> T there(@Nullable T value, String column) {
            if (value == null) {
                throw new IllegalStateException("the column " + column + " is null");
            }
            return value;
        }
    }
}
