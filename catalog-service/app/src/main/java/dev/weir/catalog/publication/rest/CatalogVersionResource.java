package dev.weir.catalog.publication.rest;

import dev.weir.catalog.publication.app.CatalogPublisher;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The history of publications, the latest first. */
@Path("/v1/catalog/versions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class CatalogVersionResource {

    private final CatalogStore catalogs;
    private final CatalogPublisher publisher;
    private final ApplyAnswers answers;

    CatalogVersionResource(CatalogStore catalogs, CatalogPublisher publisher, ApplyAnswers answers) {
        this.catalogs = catalogs;
        this.publisher = publisher;
        this.answers = answers;
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
                .orElseThrow(() -> PublishedCatalogs.unknown(version));
    }

    /** Applies the document of an earlier version again: a roll-back, and a publication of its own. */
    @POST
    @Path("{version}/apply")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @RolesAllowed(Roles.CATALOG_ADMIN)
    @Idempotent
    @Operation(
            operationId = "reapplyCatalogVersion",
            summary = "Applies the document of an earlier version again, as a new version")
    @APIResponse(
            responseCode = "200",
            description = "What changed, as JSON or as text to read; headers ETag and Weir-Catalog-Version",
            content = @Content(schema = @Schema(implementation = ApplyResponse.class)))
    @APIResponse(responseCode = "404", description = "There is no such version")
    @APIResponse(responseCode = "409", description = "Another document was published meanwhile: what changed")
    @APIResponse(responseCode = "412", description = "If-Match names another version: what changed in between")
    @APIResponse(
            responseCode = "422",
            description = "The rules of today refuse that document: every fault and its place")
    public Response reapply(@PathParam("version") long version, @BeanParam ApplyParameters parameters) {
        return answers.of(publisher.apply(answers.command(publisher.document(version), version, parameters)));
    }

    private static long version(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
        }
    }
}
