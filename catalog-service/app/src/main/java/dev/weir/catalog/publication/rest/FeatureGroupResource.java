package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.FeatureGroup;
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

/** The feature groups of the catalog in force. */
@Path("/v1/catalog/feature-groups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class FeatureGroupResource {

    private final PartsInForce parts;

    FeatureGroupResource(PartsInForce parts) {
        this.parts = parts;
    }

    /** The feature groups in force, by key. */
    @GET
    @Operation(operationId = "listFeatureGroups", summary = "The feature groups in force, by key")
    public Page<FeatureGroup> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return parts.list(CatalogInForce::featureGroups, FeatureGroup::key, limit, after);
    }

    /** One of them. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getFeatureGroup", summary = "One feature group in force")
    public FeatureGroup get(@PathParam("key") String key) {
        return parts.get(CatalogInForce::featureGroups, key, "UNKNOWN_FEATURE_GROUP", "feature group");
    }
}
