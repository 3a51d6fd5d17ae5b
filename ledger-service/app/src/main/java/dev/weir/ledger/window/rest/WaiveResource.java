package dev.weir.ledger.window.rest;

import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.window.app.Waivers;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.UUID;

/** Waiving overage of a window. */
@Path("/v1/reconciliation/windows/{window}/waive")
@RunOnVirtualThread
@RolesAllowed(Roles.FINANCE)
public class WaiveResource {
    private final Waivers waivers;
    private final SecurityIdentity caller;

    @Inject
    public WaiveResource(Waivers waivers, SecurityIdentity caller) {
        this.waivers = waivers;
        this.caller = caller;
    }

    /** What to waive, and why. */
    public record WaiveRequest(
            @NotBlank String quantity,
            @NotBlank @Size(max = 1000) String reason) {}

    /** The window after it; quantities in the feature's own measure. */
    public record WaiveResponse(
            UUID windowId,
            String customer,
            String feature,
            Instant start,
            long revision,
            String metered,
            String overage,
            String waived) {}

    /** Turns overage into waived. */
    @POST
    @Idempotent
    public WaiveResponse waive(@PathParam("window") UUID window, @NotNull @Valid WaiveRequest request) {
        WindowClosed after = waivers.waive(
                window,
                request.quantity(),
                request.reason(),
                caller.getPrincipal().getName());
        return new WaiveResponse(
                after.windowId(),
                after.customer(),
                after.feature(),
                after.start(),
                after.revision(),
                Atoms.format(after.metered(), after.scale()),
                Atoms.format(after.overage(), after.scale()),
                Atoms.format(after.waived(), after.scale()));
    }
}
