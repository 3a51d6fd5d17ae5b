package dev.weir.metering;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement, one after the other. */
public final class Parameters {

    private final PreparedStatement statement;
    private int count;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** A number. */
    public Parameters number(long value) throws SQLException {
        statement.setLong(++count, value);
        return this;
    }

    /** A small number. */
    public Parameters small(int value) throws SQLException {
        statement.setShort(++count, (short) value);
        return this;
    }

    /** Whether. */
    public Parameters flag(boolean value) throws SQLException {
        statement.setBoolean(++count, value);
        return this;
    }

    /** A text. */
    public Parameters text(@Nullable String value) throws SQLException {
        statement.setString(++count, value);
        return this;
    }

    /** An id. */
    public Parameters uuid(@Nullable UUID value) throws SQLException {
        statement.setObject(++count, value);
        return this;
    }

    /** An instant. */
    public Parameters instant(@Nullable Instant value) throws SQLException {
        statement.setObject(++count, value == null ? null : OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
        return this;
    }

    /** One column of many rows, as an array of a database type. */
    public <T> Parameters column(String type, Collection<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        for (T row : rows) {
            Object element = value.apply(row);
            values.add(element instanceof Instant instant ? instant.toString() : element);
        }
        statement.setArray(++count, statement.getConnection().createArrayOf(type, values.toArray()));
        return this;
    }

    /** Values, as an array of a database type. */
    public <T> Parameters all(String type, Collection<T> values) throws SQLException {
        return column(type, values, value -> value);
    }
}
