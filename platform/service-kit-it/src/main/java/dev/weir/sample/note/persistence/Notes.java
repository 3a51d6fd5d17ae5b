package dev.weir.sample.note.persistence;

import dev.weir.sample.note.domain.Note;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The notes, and the copies that come back as events. */
@Singleton
public class Notes {

    private final DataSource database;

    Notes(DataSource database) {
        this.database = database;
    }

    /** Writes a note and returns it with its new version. */
    public Note put(String id, String text) {
        return query(
                        "INSERT INTO note AS old (id, text, version) VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE"
                                + " SET text = excluded.text, version = old.version + 1 RETURNING id, text, version",
                        id,
                        text)
                .getFirst();
    }

    /** Inserts a note; false if the id is taken. */
    public boolean insert(String id, String text) {
        return !query(
                        "INSERT INTO note (id, text, version) VALUES (?, ?, 1) ON CONFLICT DO NOTHING"
                                + " RETURNING id, text, version",
                        id,
                        text)
                .isEmpty();
    }

    /** The notes after an id. */
    public List<Note> after(String id, int limit) {
        return query("SELECT id, text, version FROM note WHERE id > ? ORDER BY id LIMIT ?::int", id, "" + limit);
    }

    /** A copy. */
    public Optional<Note> copy(String id) {
        return query("SELECT id, text, version FROM note_copy WHERE id = ?", id).stream()
                .findFirst();
    }

    /** Applies a state. */
    public void applyCopy(Note note) {
        query(
                "INSERT INTO note_copy AS old (id, text, version) VALUES (?, ?, ?::bigint) ON CONFLICT (id) DO UPDATE"
                        + " SET text = excluded.text, version = excluded.version, applied = old.applied + 1"
                        + " RETURNING id, text, version",
                note.id(),
                note.text(),
                "" + note.version());
    }

    /** Applies a fact. */
    public void applyRead(String eventId) {
        query(
                "INSERT INTO note_read AS old (event_id) VALUES (?) ON CONFLICT (event_id) DO UPDATE"
                        + " SET applied = old.applied + 1 RETURNING event_id, '', applied",
                eventId);
    }

    private List<Note> query(String sql, String... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<Note> notes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    notes.add(new Note(rows.getString(1), rows.getString(2), rows.getLong(3)));
                }
            }
            return notes;
        } catch (SQLException e) {
            throw new IllegalStateException("the notes could not be reached", e);
        }
    }
}
