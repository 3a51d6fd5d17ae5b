package dev.weir.sample.note.messaging;

import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import dev.weir.sample.note.domain.Note;
import dev.weir.sample.note.persistence.Notes;
import jakarta.inject.Singleton;

@Singleton
class NoteHandler implements EventHandler {

    private final Notes notes;

    NoteHandler(Notes notes) {
        this.notes = notes;
    }

    @Override
    public String type() {
        return "dev.weir.sample.note.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        notes.applyCopy(event.dataAs(Note.class));
        if (event.subject().startsWith("poison")) {
            throw new IllegalStateException("this note cannot be copied");
        }
    }
}
