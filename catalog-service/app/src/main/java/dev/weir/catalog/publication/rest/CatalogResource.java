package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.publication.app.Applied;
import dev.weir.catalog.publication.app.ApplyCatalog;
import dev.weir.catalog.publication.app.CatalogPublisher;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The catalog document: apply it, read it. */
@Path("/v1/catalog")
@RunOnVirtualThread
public class CatalogResource {

    static final String VERSION_HEADER = "Weir-Catalog-Version";

    private final CatalogPublisher publisher;
    private final CatalogStore catalogs;
    private final Caller caller;
    private final HttpHeaders headers;

    CatalogResource(CatalogPublisher publisher, CatalogStore catalogs, Caller caller, HttpHeaders headers) {
        this.publisher = publisher;
        this.catalogs = catalogs;
        this.caller = caller;
        this.headers = headers;
    }

    /** Applies a document: answers the diff, and publishes unless it is a dry run. */
    @PUT
    @Consumes({MediaType.APPLICATION_JSON, CatalogMedia.YAML, CatalogMedia.YAML_TEXT, CatalogMedia.YAML_OLD})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.CATALOG_ADMIN)
    @Idempotent
    @Operation(operationId = "applyCatalog", summary = "Applies a catalog document, whole or not at all")
    @APIResponse(
            responseCode = "200",
            description = "What changed; headers ETag and Weir-Catalog-Version",
            content = @Content(schema = @Schema(implementation = ApplyResponse.class)))
    @APIResponse(responseCode = "400", description = "The document cannot be read")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    @APIResponse(responseCode = "422", description = "CATALOG_INVALID with every fault and its place")
    public Response apply(
            @QueryParam("dryRun") @Nullable String dryRun,
            @QueryParam("rollout") @Nullable String rollout,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            String document) {
        DocumentFormat format = CatalogMedia.format(headers.getMediaType());
        Applied applied = publisher.apply(new ApplyCatalog(
                document, format, dryRun(dryRun), rollout(rollout), EntityTag.expected(ifMatch), caller.name()));
        long inForce = applied.dryRun() && applied.changed() ? applied.version() - 1 : applied.version();
        return Response.ok(ApplyResponse.of(applied))
                .header(HttpHeaders.ETAG, EntityTag.of(inForce))
                .header(VERSION_HEADER, inForce)
                .build();
    }

    /** The bare document in force; before the first publication only its head. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, CatalogMedia.YAML, CatalogMedia.YAML_TEXT, CatalogMedia.YAML_OLD})
    @RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
    @Operation(operationId = "getCatalog", summary = "The bare document in force, as JSON or YAML")
    @APIResponse(responseCode = "200", description = "The document; headers ETag and Weir-Catalog-Version")
    public Response document() {
        Optional<StoredCatalog> stored = catalogs.inForce();
        String json = stored.map(StoredCatalog::document).orElseGet(() -> DocumentWriter.json(Node.empty()));
        long version = stored.map(StoredCatalog::version).orElse(0L);
        boolean yaml = CatalogMedia.wantsYaml(headers.getAcceptableMediaTypes());
        return Response.ok(
                        yaml ? DocumentWriter.yaml(DocumentText.read(json, DocumentFormat.JSON, new Faults())) : json)
                .type(yaml ? CatalogMedia.YAML : MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, EntityTag.of(version))
                .header(VERSION_HEADER, version)
                .build();
    }

    private static boolean dryRun(@Nullable String asked) {
        if (asked == null || asked.equals("false")) {
            return false;
        }
        if (asked.equals("true") || asked.isEmpty()) {
            return true;
        }
        // A misspelt dry run must not publish.
        throw invalid("dryRun", "must be true or false");
    }

    private static Rollout rollout(@Nullable String asked) {
        if (asked == null || asked.equals(Rollout.NEW_CUSTOMERS.name())) {
            return Rollout.NEW_CUSTOMERS;
        }
        if (asked.equals(Rollout.ALL_CUSTOMERS.name())) {
            return Rollout.ALL_CUSTOMERS;
        }
        throw invalid("rollout", "must be NEW_CUSTOMERS or ALL_CUSTOMERS");
    }

    private static Problem invalid(String parameter, String why) {
        return Problem.badRequest("INVALID_VALUE", parameter + " " + why).error(parameter, "INVALID_VALUE", why);
    }
}
