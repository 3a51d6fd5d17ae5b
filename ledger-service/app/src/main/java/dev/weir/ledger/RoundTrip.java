package dev.weir.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several statements that go to the database together and are answered together; they run in order, and each sees what was
 * committed before it began. The texts of a trip should be few, so that the driver and the server keep them prepared.
 */
public final class RoundTrip {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private final List<@Nullable Reader> readers = new ArrayList<>();

    /** Reads the rows of one query. */
    @FunctionalInterface
    public interface Reader {
        void read(ResultSet rows) throws SQLException;
    }

    /** Adds a query; a parameter is a {@link Column}, {@link Column#absent}, or anything that JDBC takes as an object. */
    public RoundTrip query(String select, Reader reader, Object... parameters) {
        return add(select, reader, parameters);
    }

    /** Adds a statement without rows. */
    public RoundTrip update(String statement, Object... parameters) {
        return add(statement, null, parameters);
    }

    private RoundTrip add(String statement, @Nullable Reader reader, Object... parameters) {
        if (!sql.isEmpty()) {
            sql.append(";\n");
        }
        sql.append(statement);
        values.addAll(List.of(parameters));
        readers.add(reader);
        return this;
    }

    /** Goes there and back. */
    public void run(Connection connection) throws SQLException {
        if (readers.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (Object value : values) {
                if (value instanceof Column column) {
                    statement.setArray(index++, connection.createArrayOf(column.type(), column.elements()));
                } else if (value == Column.ABSENT) {
                    statement.setNull(index++, Types.NULL);
                } else {
                    statement.setObject(index++, value);
                }
            }
            boolean rows = statement.execute();
            for (Reader reader : readers) {
                if (reader != null) {
                    if (!rows) {
                        throw new IllegalStateException("a query gave no rows to read");
                    }
                    try (ResultSet result = statement.getResultSet()) {
                        reader.read(result);
                    }
                }
                rows = statement.getMoreResults();
            }
        }
    }
}
