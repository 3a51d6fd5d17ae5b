package dev.weir.ledger.directory.rest;

import dev.weir.ledger.directory.app.Directory;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** For an edge that waits until a write is in force: the event tells of changes, this of a write that changed nothing. */
@Path("/internal/v1/customers/{customer}/applied")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.PLATFORM)
@RunOnVirtualThread
public class AppliedResource {
    private final Directory directory;

    AppliedResource(Directory directory) {
        this.directory = directory;
    }

    /** The version of the customer's snapshot that the ledger works by. */
    public record Applied(long version) {}

    /** Which version of the customer's snapshot is applied; 404 before the first. */
    @GET
    public Applied applied(@PathParam("customer") String customer) {
        return directory
                .head(customer)
                .map(head -> new Applied(head.version()))
                .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer));
    }
}
