package dev.weir.platform.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Json;
import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the service under test has published, by what its outbox holds. */
public final class OutboxProbe {

    /** An aggregate's current state. */
    public record State(String aggregateId, long version, String shard, JsonNode body) {

        /** The body as a record. */
        public <T> T bodyAs(Class<T> type) {
            return convert(body, type);
        }
    }

    /** A fact. */
    public record Fact(String id, String subject, String shard, JsonNode body) {

        /** The body as a record. */
        public <T> T bodyAs(Class<T> type) {
            return convert(body, type);
        }
    }

    private OutboxProbe() {}

    /** The current states of a name such as {@code ledger.wallet}, by aggregate. */
    public static List<State> states(String name) {
        return query(
                "SELECT aggregate_id, version, shard, body FROM outbox_state WHERE name = ? ORDER BY aggregate_id",
                name,
                row -> new State(row.getString(1), row.getLong(2), row.getString(3), tree(row.getString(4))));
    }

    /** The facts of a name such as {@code ledger.window-closed}, in the order they were published. */
    public static List<Fact> facts(String name) {
        return query(
                "SELECT id, subject, shard, body FROM outbox_fact WHERE name = ? ORDER BY seq",
                name,
                row -> new Fact(row.getString(1), row.getString(2), row.getString(3), tree(row.getString(4))));
    }

    private static <T> List<T> query(String sql, String name, Row<T> mapping) {
        DataSource database = Arc.container().instance(DataSource.class).get();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(mapping.of(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox could not be read", e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.lenientMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outbox holds no JSON", e);
        }
    }

    private static <T> T convert(JsonNode body, Class<T> type) {
        try {
            return Json.lenientMapper().treeToValue(body, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the body does not fit " + type.getName(), e);
        }
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
