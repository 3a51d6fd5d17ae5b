package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Meter;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The meters of the catalog in force. */
@Path("/v1/catalog/meters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class MeterResource {

    private final PartsInForce parts;

    MeterResource(PartsInForce parts) {
        this.parts = parts;
    }

    /** The meters in force, by key. */
    @GET
    @Operation(operationId = "listMeters", summary = "The meters in force, by key")
    public Page<Meter> list(@QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return parts.list(CatalogInForce::meters, Meter::key, limit, after);
    }

    /** One of them. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getMeter", summary = "One meter in force")
    public Meter get(@PathParam("key") String key) {
        return parts.get(CatalogInForce::meters, key, "UNKNOWN_METER", "meter");
    }
}
