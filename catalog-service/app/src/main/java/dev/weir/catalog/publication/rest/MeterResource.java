package dev.weir.catalog.publication.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The meters of the catalog in force. */
@Path("/v1/catalog/meters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class MeterResource {

    private final CatalogStore catalogs;

    MeterResource(CatalogStore catalogs) {
        this.catalogs = catalogs;
    }

    /** The meters in force, by key. */
    @GET
    @Operation(operationId = "listMeters", summary = "The meters in force, by key")
    public Page<JsonNode> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        List<JsonNode> all = catalogs.inForce().stream()
                .flatMap(stored -> stored.inForce().path("meters").valueStream())
                .toList();
        return KeyedPage.of(
                all, PageRequest.of(limit, after), each -> each.path("key").asText());
    }
}
