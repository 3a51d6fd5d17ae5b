package dev.weir.billing.sync.rest;

import dev.weir.billing.sync.app.DoubleSend;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Faults on purpose; there only in the local stack. */
@Path("/internal/v1/faults")
@RunOnVirtualThread
@RolesAllowed(Roles.PLATFORM)
public class FaultResource {
    private final DoubleSend doubleSend;

    @Inject
    public FaultResource(DoubleSend doubleSend) {
        this.doubleSend = doubleSend;
    }

    /** Sends the next delivered usage once more under another identifier. */
    @POST
    @Path("/double-send")
    public void doubleSend() {
        if (!doubleSend.arm()) {
            throw Problem.notFound("NOT_FOUND", "faults are for the local stack only");
        }
    }
}
