package dev.weir.sample.note.app;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.sample.note.domain.Note;
import dev.weir.sample.note.persistence.Notes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Writes notes and publishes them. */
@ApplicationScoped
public class NoteService {

    private final Notes notes;
    private final Outbox outbox;

    NoteService(Notes notes, Outbox outbox) {
        this.notes = notes;
        this.outbox = outbox;
    }

    /** Writes a note; its state goes out. */
    @Transactional
    public Note put(String id, String text) {
        Note note = notes.put(id, text);
        outbox.state("sample.note", id, note.version(), Shard.of(id), note);
        return note;
    }

    /** Creates a note that must be new. */
    @Transactional
    public Note create(String id, String text) {
        if (!notes.insert(id, text)) {
            throw Problem.conflict("NOTE_EXISTS", "there is a note " + id);
        }
        Note note = new Note(id, text, 1);
        outbox.state("sample.note", id, 1, Shard.of(id), note);
        return note;
    }

    /** Says that a note was read; a fact goes out. */
    @Transactional
    public void read(String id, String eventId) {
        outbox.fact("sample.note-read", eventId, id, Shard.of(id), Map.of("note", id));
    }
}
