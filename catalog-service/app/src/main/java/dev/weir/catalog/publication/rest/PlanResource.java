package dev.weir.catalog.publication.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.publication.persistence.BodyKind;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The plans in force, and every version of each. */
@Path("/v1/catalog/plans")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class PlanResource {

    private final PublishedBodies bodies;

    PlanResource(PublishedBodies bodies) {
        this.bodies = bodies;
    }

    /** The plans in force, by key. */
    @GET
    @Operation(operationId = "listPlans", summary = "The plans in force, by key")
    public Page<BodyResponse> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return bodies.inForce(BodyKind.PLAN, limit, after);
    }

    /** One plan with the numbers of its versions; a retired one shows its last version. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getPlan", summary = "One plan and the numbers of its versions")
    public BodyResponse get(@PathParam("key") String key) {
        return bodies.get(BodyKind.PLAN, key);
    }

    /** One version of one plan: the closed body, for ever as it was published. */
    @GET
    @Path("{key}/versions/{version}")
    @Operation(operationId = "getPlanVersion", summary = "One version of one plan, for ever as it was published")
    @APIResponseSchema(PlanVersion.class)
    public JsonNode version(@PathParam("key") String key, @PathParam("version") int version) {
        return bodies.version(BodyKind.PLAN, key, version);
    }
}
