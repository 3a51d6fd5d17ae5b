package dev.weir.catalog.publication.rest;

import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.app.SourceDocument;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.publication.app.CatalogPublisher;
import dev.weir.catalog.publication.persistence.CatalogStore;
import dev.weir.catalog.publication.persistence.StoredCatalog;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The catalog document: apply it, read it. */
@Path("/v1/catalog")
@RunOnVirtualThread
public class CatalogResource {

    private final CatalogPublisher publisher;
    private final CatalogStore catalogs;
    private final ApplyAnswers answers;
    private final HttpHeaders headers;

    CatalogResource(CatalogPublisher publisher, CatalogStore catalogs, ApplyAnswers answers, HttpHeaders headers) {
        this.publisher = publisher;
        this.catalogs = catalogs;
        this.answers = answers;
        this.headers = headers;
    }

    /** Applies a document: answers the diff, and publishes unless it is a dry run. */
    @PUT
    @Consumes({MediaType.APPLICATION_JSON, CatalogMedia.YAML, CatalogMedia.YAML_TEXT, CatalogMedia.YAML_OLD})
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @RolesAllowed(Roles.CATALOG_ADMIN)
    @Idempotent
    @Operation(operationId = "applyCatalog", summary = "Applies a catalog document, whole or not at all")
    @APIResponse(
            responseCode = "200",
            description = "What changed, as JSON or as text to read; headers ETag and Weir-Catalog-Version",
            content = @Content(schema = @Schema(implementation = ApplyResponse.class)))
    @APIResponse(responseCode = "400", description = "The document cannot be read")
    @APIResponse(
            responseCode = "409",
            description = "Another document was published while this one waited: what changed")
    @APIResponse(responseCode = "412", description = "If-Match names another version: what changed in between")
    @APIResponse(responseCode = "422", description = "CATALOG_INVALID with every fault and its place")
    public Response apply(@BeanParam ApplyParameters parameters, String document) {
        SourceDocument source = new SourceDocument(document, CatalogMedia.format(headers.getMediaType()));
        return answers.of(publisher.apply(answers.command(source, null, parameters)));
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
                .header(ApplyAnswers.VERSION_HEADER, version)
                .build();
    }
}
