package dev.weir.metering.window.rest;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.weir.metering.window.app.ClosingService;
import dev.weir.metering.window.app.ClosingService.Closed;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Closes windows on request. */
@Path("/v1/reconciliation/windows/close")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CloseResource {

    private final ClosingService closing;
    private final DatabaseClock clock;

    CloseResource(ClosingService closing, DatabaseClock clock) {
        this.closing = closing;
        this.clock = clock;
    }

    /** Until when to close; null = now. */
    public record CloseRequest(@Nullable Instant until) {}

    /** Closes every window that began before the instant, running ones as they stand. Closing again changes nothing. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.FINANCE)
    @Operation(summary = "Close usage windows up to now (or an earlier instant) as their next revision")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CloseRequest.class)))
    public Closed close(byte[] body) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        Instant asked = until(body);
        Instant until = asked == null ? now : asked;
        if (until.isAfter(now)) {
            throw Problem.badRequest("INVALID_VALUE", "what has not happened cannot be closed")
                    .error("until", "INVALID_VALUE", "lies in the future");
        }
        return closing.closeRequested(until.truncatedTo(ChronoUnit.MICROS));
    }

    /** An empty body, whatever type it claims to have, asks for now. */
    private static @Nullable Instant until(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        try {
            return Json.mapper().readValue(body, CloseRequest.class).until();
        } catch (UnrecognizedPropertyException e) {
            throw Problem.badRequest("UNKNOWN_FIELD", "the field " + e.getPropertyName() + " is not known")
                    .error(e.getPropertyName(), "UNKNOWN_FIELD", "is not known");
        } catch (IOException e) {
            throw Problem.badRequest("MALFORMED_BODY", "the body is not {until?: instant}");
        }
    }
}
