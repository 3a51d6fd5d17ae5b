package dev.weir.metering.window.rest;

import dev.weir.metering.window.app.ClosingRows;
import dev.weir.metering.window.app.ClosingService;
import dev.weir.metering.window.app.StatusRows;
import dev.weir.metering.window.app.StatusRows.Conflict;
import dev.weir.metering.window.app.StatusRows.Progress;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** How far metering has come: whoever closes windows on request waits here for quiet. */
@Path("/v1/metering")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MeteringStatusResource {

    private final StatusRows status;
    private final ClosingRows closing;
    private final ClosingService service;

    MeteringStatusResource(StatusRows status, ClosingRows closing, ClosingService service) {
        this.status = status;
        this.closing = closing;
        this.service = service;
    }

    /**
     * How far metering has come.
     *
     * @param pendingEvents events kept but not counted yet
     * @param faultyEvents those of them whose counting failed; they are tried again
     * @param openWindows windows changed since they were last closed
     * @param watermark what ends before it is closed by itself
     * @param passedUntil the watermark that was told last
     * @param requestedUntil what an operator asked to close
     */
    public record MeteringStatus(
            long pendingEvents,
            long faultyEvents,
            long openWindows,
            long unpricedEvents,
            long waitingSnapshots,
            long conflicts,
            @Nullable Instant lastEventAt,
            Instant watermark,
            @Nullable Instant passedUntil,
            @Nullable Instant requestedUntil) {}

    /** How far metering has come, now. */
    @GET
    @Path("/status")
    @RolesAllowed({Roles.FINANCE, Roles.PLATFORM, Roles.OPERATOR})
    @Transactional
    @Operation(summary = "Events not yet counted, windows not yet closed, and the watermark")
    public MeteringStatus status() {
        Progress progress = status.progress();
        ClosingRows.Mark mark = closing.mark();
        return new MeteringStatus(
                progress.pendingEvents(),
                progress.faultyEvents(),
                progress.openWindows(),
                progress.unpricedEvents(),
                progress.waitingSnapshots(),
                progress.conflicts(),
                progress.lastEventAt(),
                service.watermark(),
                mark.passedUntil(),
                mark.requestedUntil());
    }

    /** Where what was reported of an event contradicts what was settled; the settled content stands. */
    @GET
    @Path("/conflicts")
    @RolesAllowed({Roles.FINANCE, Roles.PLATFORM, Roles.OPERATOR})
    @Operation(summary = "Events that were reported and settled with different content, latest first")
    public Page<Conflict> conflicts(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        PageRequest request = PageRequest.of(limit, after);
        long before = Long.MAX_VALUE;
        if (after != null) {
            try {
                before = Long.parseLong(Cursor.decode(after));
            } catch (NumberFormatException e) {
                throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
            }
        }
        return Page.of(
                status.conflicts(before, request.limit() + 1),
                request,
                Function.identity(),
                conflict -> Cursor.encode(Long.toString(conflict.id())));
    }
}
