package dev.weir.entitlement.snapshot.rest;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.input.domain.Moment;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Hands out the current snapshot to an edge that does not hold the customer yet. */
@Path("/internal/v1/customers/{customer}/snapshot")
@RunOnVirtualThread
@RolesAllowed(Roles.PLATFORM)
public class SnapshotResource {
    private final Snapshots snapshots;

    SnapshotResource(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** The customer's current snapshot; with asOf, all that decides what it has at that instant, however long ago or to come. */
    @GET
    public CustomerSnapshot get(@RestPath String customer, @RestQuery @Nullable String asOf) {
        if (asOf == null) {
            return snapshots.current(customer);
        }
        Instant at = Moment.read(asOf)
                .orElseThrow(() -> Problem.badRequest("INVALID_VALUE", "asOf is not an RFC 3339 instant")
                        .error("asOf", "INVALID_VALUE", "must be an RFC 3339 instant of the years 2000 to 2199"));
        return snapshots.at(customer, at);
    }
}
