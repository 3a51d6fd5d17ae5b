package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.FeatureDefinition;
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

/** The features of the catalog in force. */
@Path("/v1/catalog/features")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class FeatureResource {

    private final PartsInForce parts;

    FeatureResource(PartsInForce parts) {
        this.parts = parts;
    }

    /** The features in force, by key. */
    @GET
    @Operation(operationId = "listFeatures", summary = "The features in force, by key")
    public Page<FeatureDefinition> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return parts.list(CatalogInForce::features, FeatureDefinition::key, limit, after);
    }

    /** One of them. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getFeature", summary = "One feature in force")
    public FeatureDefinition get(@PathParam("key") String key) {
        return parts.get(CatalogInForce::features, key, "UNKNOWN_FEATURE", "feature");
    }
}
