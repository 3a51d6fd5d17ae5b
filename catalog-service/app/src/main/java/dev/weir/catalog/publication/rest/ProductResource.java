package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Product;
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

/** The products of the catalog in force. */
@Path("/v1/catalog/products")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class ProductResource {

    private final PartsInForce parts;

    ProductResource(PartsInForce parts) {
        this.parts = parts;
    }

    /** The products in force, by key. */
    @GET
    @Operation(operationId = "listProducts", summary = "The products in force, by key")
    public Page<Product> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        return parts.list(CatalogInForce::products, Product::key, limit, after);
    }

    /** One of them. */
    @GET
    @Path("{key}")
    @Operation(operationId = "getProduct", summary = "One product in force")
    public Product get(@PathParam("key") String key) {
        return parts.get(CatalogInForce::products, key, "UNKNOWN_PRODUCT", "product");
    }
}
