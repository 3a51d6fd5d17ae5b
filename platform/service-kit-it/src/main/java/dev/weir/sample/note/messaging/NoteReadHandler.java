package dev.weir.sample.note.messaging;

import dev.weir.platform.servicekit.events.EventHandler;
import dev.weir.platform.servicekit.events.IncomingEvent;
import dev.weir.sample.note.persistence.Notes;
import jakarta.inject.Singleton;

@Singleton
class NoteReadHandler implements EventHandler {

    private final Notes notes;

    NoteReadHandler(Notes notes) {
        this.notes = notes;
    }

    @Override
    public String type() {
        return "dev.weir.sample.note-read.v1";
    }

    @Override
    public void handle(IncomingEvent event) {
        notes.applyRead(event.id());
    }
}
