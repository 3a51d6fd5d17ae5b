package dev.weir.catalog.publication.rest;

import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The history of publications, the latest first. */
@Path("/v1/catalog/versions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class CatalogVersionResource {

    private final CatalogStore catalogs;

    CatalogVersionResource(CatalogStore catalogs) {
        this.catalogs = catalogs;
    }

    /** A page of the history. */
    @GET
    @Operation(operationId = "listCatalogVersions", summary = "The history of publications, the latest first")
    public Page<CatalogVersionResponse> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        PageRequest request = PageRequest.of(limit, after);
        String cursor = request.after();
        long before = cursor == null ? Long.MAX_VALUE : version(Cursor.decode(cursor));
        List<StoredCatalog> rows = catalogs.before(before, request.limit() + 1);
        return Page.of(
                rows, request, CatalogVersionResponse::listed, row -> Cursor.encode(String.valueOf(row.version())));
    }

    /** One publication, with its document. */
    @GET
    @Path("{version}")
    @Operation(operationId = "getCatalogVersion", summary = "One publication, with its document")
    public CatalogVersionResponse get(@PathParam("version") long version) {
        return catalogs.find(version)
                .map(CatalogVersionResponse::whole)
                .orElseThrow(() -> Problem.notFound("NOT_FOUND", "there is no catalog version " + version));
    }

    private static long version(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
        }
    }
}
