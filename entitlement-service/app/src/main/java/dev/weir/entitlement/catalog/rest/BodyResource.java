package dev.weir.entitlement.catalog.rest;

import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;

/** Hands out shared bodies to an edge that resolves a snapshot whose body it has not seen. */
@Path("/internal/v1/bodies")
@RunOnVirtualThread
@RolesAllowed(Roles.PLATFORM)
public class BodyResource {
    private final CatalogReadModel catalog;

    BodyResource(CatalogReadModel catalog) {
        this.catalog = catalog;
    }

    /** The plan or add-on version with that content hash. */
    @GET
    @Path("/{hash}")
    public BodyResponse get(@RestPath String hash) {
        return catalog.findPlanBody(hash)
                .map(BodyResponse::of)
                .or(() -> catalog.findAddonBody(hash).map(BodyResponse::of))
                .orElseThrow(() -> Problem.notFound("NOT_FOUND", "no plan or add-on version has that content hash"));
    }
}
