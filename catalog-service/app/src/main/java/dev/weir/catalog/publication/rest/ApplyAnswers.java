package dev.weir.catalog.publication.rest;

import dev.weir.catalog.document.app.SourceDocument;
import dev.weir.catalog.publication.app.Applied;
import dev.weir.catalog.publication.app.ApplyCatalog;
import dev.weir.platform.servicekit.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What both ways to apply a document have in common. */
@ApplicationScoped
class ApplyAnswers {

    static final String VERSION_HEADER = "Weir-Catalog-Version";

    static final String TEXT = MediaType.TEXT_PLAIN + ";charset=UTF-8";

    private final Caller caller;
    private final HttpHeaders headers;

    ApplyAnswers(Caller caller, HttpHeaders headers) {
        this.caller = caller;
        this.headers = headers;
    }

    ApplyCatalog command(SourceDocument source, @Nullable Long reapplies, ApplyParameters parameters) {
        return new ApplyCatalog(
                source,
                reapplies,
                parameters.isDryRun(),
                parameters.wantedRollout(),
                parameters.expectedVersion(),
                caller.name(),
                parameters.givenReason());
    }

    Response of(Applied applied) {
        long inForce = applied.dryRun() ? applied.before() : applied.version();
        boolean text = CatalogMedia.wantsText(headers.getAcceptableMediaTypes());
        return Response.ok(text ? DiffText.of(applied) : ApplyResponse.of(applied))
                .type(text ? TEXT : MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, EntityTag.of(inForce))
                .header(VERSION_HEADER, inForce)
                .build();
    }
}
