package dev.weir.platform.servicekit.platform;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.EventConsumer.Delivery;
import dev.weir.platform.servicekit.inbox.ParkedMessage;
import dev.weir.platform.servicekit.inbox.ParkedMessages;
import dev.weir.platform.servicekit.inbox.ParkedReplay;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What could not be handled, and what an operator does about it. */
@Path("/v1/platform/parked-messages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PLATFORM)
@RunOnVirtualThread
@Tag(name = "platform")
public class ParkedMessagesResource {

    /** Why a message is given up. */
    public record DiscardRequest(@NotBlank String reason) {}

    /** What a replay did. */
    public record ReplayResponse(UUID id, Delivery outcome) {}

    private final ParkedMessages parked;
    private final ParkedReplay replay;
    private final Caller caller;

    ParkedMessagesResource(ParkedMessages parked, ParkedReplay replay, Caller caller) {
        this.parked = parked;
        this.replay = replay;
        this.caller = caller;
    }

    /** The waiting messages, oldest first. */
    @GET
    public Page<ParkedMessage> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        PageRequest request = PageRequest.of(limit, after);
        List<ParkedMessage> rows = parked.list(after == null ? null : id(Cursor.decode(after)), request.limit() + 1);
        return Page.of(
                rows,
                request,
                Function.identity(),
                row -> Cursor.encode(row.id().toString()));
    }

    /** Tries a waiting message again. */
    @POST
    @Path("/{id}/replay")
    public ReplayResponse replay(@PathParam("id") String id) {
        ParkedMessage message = parked.find(id(id)).orElseThrow(ParkedMessagesResource::notParked);
        return new ReplayResponse(message.id(), replay.replay(message, caller.name()));
    }

    /** Gives a waiting message up. */
    @POST
    @Path("/{id}/discard")
    public void discard(@PathParam("id") String id, @Valid @NotNull DiscardRequest request) {
        if (!parked.discard(id(id), caller.name(), request.reason())) {
            throw notParked();
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notParked();
        }
    }

    private static Problem notParked() {
        return Problem.notFound("UNKNOWN_MESSAGE", "no message with this id waits");
    }
}
