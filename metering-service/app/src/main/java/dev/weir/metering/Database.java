package dev.weir.metering;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on the service's database, in the caller's transaction if there is one. */
@Singleton
public class Database {

    private static final int FETCH_SIZE = 2_000;

    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Row<T extends @Nullable Object> {
        /** The value of the row that the result set stands at. */
        T of(ResultSet row) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    public interface Binding {
        /** Adds every parameter, in the order of its mark. */
        void to(Parameters parameters) throws SQLException;
    }

    /** Sets the parameters of a statement for one item. */
    @FunctionalInterface
    public interface ItemBinding<T> {
        /** Adds every parameter, in the order of its mark. */
        void to(Parameters parameters, T item) throws SQLException;
    }

    /** A statement of the database failed. */
    public static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseException(SQLException cause) {
            super(cause);
        }
    }

    /** All rows. */
    public <T> List<T> query(String sql, Binding binding, Row<T> row) {
        List<T> all = new ArrayList<>();
        each(sql, binding, row, all::add);
        return all;
    }

    /** The first row. */
    public <T> Optional<T> first(String sql, Binding binding, Row<T> row) {
        return query(sql, binding, row).stream().findFirst();
    }

    /** Every row, without holding them all; inside a transaction the driver fetches them in portions. */
    public <T> void each(String sql, Binding binding, Row<T> row, Consumer<T> consumer) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_SIZE);
            binding.to(new Parameters(statement));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(row.of(rows));
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** How many rows a change touched. */
    public int update(String sql, Binding binding) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(new Parameters(statement));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The same change for many items, in one go. */
    public <T> void batch(String sql, Collection<T> items, ItemBinding<T> binding) {
        if (items.isEmpty()) {
            return;
        }
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T item : items) {
                binding.to(new Parameters(statement), item);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** An instant of a column that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** An instant of a column that may be null. */
    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** A UUID of a column that is never null. */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** A UUID of a column that may be null. */
    public static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** A text of a column that may be null. */
    public static @Nullable String textOrNull(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }
}
