package dev.weir.platform.servicekit.inbox;

import dev.weir.platform.servicekit.events.IncomingEvent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Remembers which facts and which versions of states were handled. */
@Singleton
class InboxStore {

    private static final String RECORD_FACT =
            "INSERT INTO inbox (type, event_id) VALUES (?, ?) ON CONFLICT (type, event_id) DO NOTHING";

    private static final String RECORD_STATE = """
            INSERT INTO state_version AS known (type, subject, version) VALUES (?, ?, ?)
            ON CONFLICT (type, subject) DO UPDATE SET version = excluded.version
            WHERE known.version < excluded.version""";

    private final DataSource database;

    InboxStore(DataSource database) {
        this.database = database;
    }

    /** Records the event in the current transaction; false if it, or a state at least as new, was handled before. */
    boolean isNew(IncomingEvent event) {
        return switch (event.kind()) {
            case FACT -> update(RECORD_FACT, statement -> statement.setString(2, event.id()), event);
            case STATE ->
                update(
                        RECORD_STATE,
                        statement -> {
                            statement.setString(2, event.subject());
                            statement.setLong(3, event.version());
                        },
                        event);
        };
    }

    private boolean update(String sql, Binding binding, IncomingEvent event) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, event.type());
            binding.bind(statement);
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new InboxException("the event could not be recorded", e);
        }
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }
}
