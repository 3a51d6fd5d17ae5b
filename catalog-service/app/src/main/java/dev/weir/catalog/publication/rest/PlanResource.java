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
    private final PublishedPrices prices;

    PlanResource(PublishedBodies bodies, PublishedPrices prices) {
        this.bodies = bodies;
        this.prices = prices;
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

    /** Every version of one plan, the latest first. */
    @GET
    @Path("{key}/versions")
    @Operation(operationId = "listPlanVersions", summary = "Every version of one plan, the latest first")
    public Page<BodyResponse.PublishedVersion> versions(
            @PathParam("key") String key,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        return bodies.versions(BodyKind.PLAN, key, limit, after);
    }

    /** What one version costs, charge by charge, in a currency and country. */
    @GET
    @Path("{key}/versions/{version}/prices")
    @Operation(operationId = "listPlanPrices", summary = "What one version costs, charge by charge")
    public Page<PriceResponse> prices(
            @PathParam("key") String key,
            @PathParam("version") int version,
            @QueryParam("currency") @Nullable String currency,
            @QueryParam("country") @Nullable String country,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        return prices.list(BodyKind.PLAN, key, version, PriceResponse.Market.of(currency, country), limit, after);
    }

    /** One charge of one version. */
    @GET
    @Path("{key}/versions/{version}/prices/{charge}")
    @Operation(operationId = "getPlanPrice", summary = "One charge of one version")
    public PriceResponse price(
            @PathParam("key") String key,
            @PathParam("version") int version,
            @PathParam("charge") String charge,
            @QueryParam("currency") @Nullable String currency,
            @QueryParam("country") @Nullable String country) {
        return prices.get(BodyKind.PLAN, key, version, charge, PriceResponse.Market.of(currency, country));
    }
}
