package dev.weir.entitlement.snapshot.rest;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;

/** Hands out the current snapshot to an edge that does not hold the customer yet. */
@Path("/internal/v1/customers/{customer}/snapshot")
@RunOnVirtualThread
@RolesAllowed(Roles.PLATFORM)
public class SnapshotResource {
    private final Snapshots snapshots;

    SnapshotResource(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** The customer's current snapshot. */
    @GET
    public CustomerSnapshot get(@RestPath String customer) {
        return snapshots.current(customer);
    }
}
