package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.CreditUnit;
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

/** The credit units of the catalog in force. */
@Path("/v1/catalog/credit-units")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class CreditUnitResource {

    private final PartsInForce parts;

    CreditUnitResource(PartsInForce parts) {
        this.parts = parts;
    }

    /** The credit units in force, by key. */
    @GET
    @Operation(operationId = "listCreditUnits", summary = "The credit units in force, by key")
    public Page<CreditUnit> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return parts.list(CatalogInForce::creditUnits, CreditUnit::key, limit, after);
    }

    /** One of them. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getCreditUnit", summary = "One credit unit in force")
    public CreditUnit get(@PathParam("key") String key) {
        return parts.get(CatalogInForce::creditUnits, key, "UNKNOWN_UNIT", "credit unit");
    }
}
