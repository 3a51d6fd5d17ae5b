package dev.weir.sample.note.rest;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.sample.note.app.NoteService;
import dev.weir.sample.note.domain.Note;
import dev.weir.sample.note.persistence.Notes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The sample's API. */
@Path("/v1/notes")
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class NoteResource {

    /** A new note. */
    public record NoteRequest(
            @NotBlank String id,
            @NotBlank String text,
            @Nullable @Positive Integer copies,
            @Nullable Nested nested) {}

    /** A part of a note. */
    public record Nested(@Nullable Mood mood) {}

    /** How the note feels. */
    public enum Mood {
        GLAD,
        SAD
    }

    private final NoteService service;
    private final Notes notes;
    private final KeyWait keyWait;

    NoteResource(NoteService service, Notes notes, KeyWait keyWait) {
        this.service = service;
        this.notes = notes;
        this.keyWait = keyWait;
    }

    /** Creates. */
    @POST
    @Idempotent
    public RestResponse<Note> create(@Valid @NotNull NoteRequest request) {
        Note note = service.create(request.id(), request.text());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, note)
                .header("Weir-Snapshot-Version", "7")
                .build();
    }

    /** Writes. */
    @PUT
    @Path("/{id}")
    @Idempotent
    @ResponseStatus(200)
    public Note put(@PathParam("id") String id, @Valid @NotNull NoteRequest request) {
        if (request.text().equals("refuse")) {
            throw Problem.unprocessable("REFUSED_TEXT", "not this text")
                    .with("limit", 5)
                    .header("Retry-After", "1");
        }
        if (request.text().equals("fail")) {
            throw new IllegalStateException("a secret of the inside");
        }
        return service.put(id, request.text());
    }

    /** Lists. */
    @GET
    public Page<Note> list(@QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        List<Note> rows = notes.after(after == null ? "" : Cursor.decode(after), page.limit() + 1);
        return Page.of(rows, page, Function.identity(), note -> Cursor.encode(note.id()));
    }

    /** The copy that came as an event; waits for it. */
    @GET
    @Path("/{id}/copy")
    public Note copy(@PathParam("id") String id) {
        return keyWait.forValue(() -> notes.copy(id))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_NOTE", "there is no copy of " + id));
    }
}
