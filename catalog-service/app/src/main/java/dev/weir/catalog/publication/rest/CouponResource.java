package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Coupon;
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

/** The coupons of the catalog in force. */
@Path("/v1/catalog/coupons")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class CouponResource {

    private final PartsInForce parts;

    CouponResource(PartsInForce parts) {
        this.parts = parts;
    }

    /** The coupons in force, by key. */
    @GET
    @Operation(operationId = "listCoupons", summary = "The coupons in force, by key")
    public Page<Coupon> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return parts.list(CatalogInForce::coupons, Coupon::key, limit, after);
    }

    /** One of them. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getCoupon", summary = "One coupon in force")
    public Coupon get(@PathParam("key") String key) {
        return parts.get(CatalogInForce::coupons, key, "UNKNOWN_COUPON", "coupon");
    }
}
