package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** For the platform's own parts: what the state {@code catalog.catalog.v1} says, on demand. */
@Path("/internal/v1/catalog-in-force")
@RunOnVirtualThread
public class InForceResource {

    private final PublishedCatalogs catalogs;

    InForceResource(PublishedCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** The {@code CatalogInForce}; version 0 and empty before the first publication. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.PLATFORM)
    @Operation(operationId = "getCatalogInForce", summary = "The state catalog.catalog.v1, on demand")
    public CatalogInForce inForce() {
        return catalogs.inForce();
    }
}
