package dev.weir.catalog.publication.rest;

import dev.weir.catalog.diff.app.CatalogDiff;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What is different between any two versions. */
@Path("/v1/catalog/diff")
@RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
@RunOnVirtualThread
public class DiffResource {

    private final PublishedCatalogs published;
    private final CatalogStore catalogs;
    private final HttpHeaders headers;

    DiffResource(PublishedCatalogs published, CatalogStore catalogs, HttpHeaders headers) {
        this.published = published;
        this.catalogs = catalogs;
        this.headers = headers;
    }

    /** From one version to another; 0 is the empty catalog before the first. */
    public record DiffResponse(long from, long to, List<Change> diff) {}

    /** From one version to another. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            operationId = "getCatalogDiff",
            summary = "What is different between two versions; to is the one in force unless given")
    @APIResponse(
            responseCode = "200",
            description = "The changes, as JSON or as text to read",
            content = @Content(schema = @Schema(implementation = DiffResponse.class)))
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Response diff(@QueryParam("from") @Nullable Long from, @QueryParam("to") @Nullable Long to) {
        if (from == null) {
            throw Problem.badRequest("REQUIRED", "from is required").error("from", "REQUIRED", "is required");
        }
        long until = to == null ? catalogs.currentVersion() : to;
        List<Change> changes = CatalogDiff.between(published.of(from), published.of(until));
        boolean text = CatalogMedia.wantsText(headers.getAcceptableMediaTypes());
        return Response.ok(text ? DiffText.of(from, until, changes) : new DiffResponse(from, until, changes))
                .type(text ? ApplyAnswers.TEXT : MediaType.APPLICATION_JSON)
                .build();
    }
}
