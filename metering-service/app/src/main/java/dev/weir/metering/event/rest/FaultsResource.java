package dev.weir.metering.event.rest;

import dev.weir.metering.event.app.LostEventFault;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Faults on purpose, in a local stack only. */
@Path("/internal/v1/faults")
@RunOnVirtualThread
public class FaultsResource {

    private final LostEventFault lostEvent;

    FaultsResource(LostEventFault lostEvent) {
        this.lostEvent = lostEvent;
    }

    /** Lets the next settled fact be lost; 404 unless the process was started with WEIR_LOCAL_FAULTS=true. */
    @POST
    @Path("/lost-event")
    @RolesAllowed(Roles.PLATFORM)
    @Operation(summary = "Lose the next settled fact (local stack only)")
    public void loseNext() {
        if (!lostEvent.allowed()) {
            throw Problem.notFound("NOT_FOUND", "there is nothing here");
        }
        lostEvent.arm();
    }
}
