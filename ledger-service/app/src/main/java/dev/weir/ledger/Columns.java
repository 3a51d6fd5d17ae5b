package dev.weir.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.platform.kernel.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: instants to the microsecond, as PostgreSQL keeps them. */
public final class Columns {

    private Columns() {}

    public static void set(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
        if (instant == null) {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        }
    }

    public static void set(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    public static void set(PreparedStatement statement, int index, @Nullable UUID value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.OTHER);
        } else {
            statement.setObject(index, value);
        }
    }

    public static Instant instant(ResultSet row, int index) throws SQLException {
        return Objects.requireNonNull(instantOrNull(row, index), "column must not be null");
    }

    public static @Nullable Instant instantOrNull(ResultSet row, int index) throws SQLException {
        OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** A journal row's facts; none for null. */
    public static Map<String, String> meta(ResultSet row, int index) throws SQLException {
        String text = row.getString(index);
        if (text == null) {
            return Map.of();
        }
        Map<String, String> facts = new TreeMap<>();
        try {
            Json.mapper()
                    .readTree(text)
                    .properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new SQLException("the facts of a journal row are not JSON", e);
        }
        return facts;
    }

    public static @Nullable Long longOrNull(ResultSet row, int index) throws SQLException {
        long value = row.getLong(index);
        return row.wasNull() ? null : value;
    }
}
