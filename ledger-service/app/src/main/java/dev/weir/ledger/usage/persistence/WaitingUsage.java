package dev.weir.ledger.usage.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reported usage that nothing entitles to yet. */
@ApplicationScoped
public class WaitingUsage {

    /** What was reported. The number is stored: never reorder. */
    public enum Kind {
        EVENT,
        TOTAL
    }

    /** A report, as JSON, and why it could not be booked. */
    public record Row(String id, String customer, Kind kind, String body, String why) {}

    public void put(Connection connection, Row row) throws SQLException {
        String upsert = """
                INSERT INTO usage_waiting (usage_id, customer, kind, body, why) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (usage_id) DO UPDATE SET body = excluded.body, why = excluded.why""";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            statement.setString(1, row.id());
            statement.setString(2, row.customer());
            statement.setInt(3, row.kind().ordinal());
            statement.setString(4, row.body());
            statement.setString(5, row.why());
            statement.executeUpdate();
        }
    }

    public void remove(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM usage_waiting WHERE usage_id = ?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    /** What waits for a customer, in the order in which it came. */
    public List<Row> of(Connection connection, String customer) throws SQLException {
        List<Row> rows = new ArrayList<>();
        String select = """
                SELECT usage_id, customer, kind, body, why FROM usage_waiting WHERE customer = ?
                ORDER BY received_at, usage_id FOR UPDATE""";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, customer);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getString(1),
                            found.getString(2),
                            Kind.values()[found.getInt(3)],
                            found.getString(4),
                            found.getString(5)));
                }
            }
        }
        return rows;
    }
}
