package dev.weir.catalog.pricingtable.rest;

import dev.weir.catalog.pricingtable.app.PricingTables;
import dev.weir.catalog.pricingtable.domain.Market;
import dev.weir.catalog.pricingtable.domain.PricingTable;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The pricing table as a page to look at. */
@Path("/pricing")
@RunOnVirtualThread
public class PricingPageResource {

    private final PricingTables tables;
    private final PricingAccess access;
    private final HttpHeaders headers;
    private final Request request;

    PricingPageResource(PricingTables tables, PricingAccess access, HttpHeaders headers, Request request) {
        this.tables = tables;
        this.access = access;
        this.headers = headers;
        this.request = request;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance pricing(PricingTable table);
    }

    /** The page; 304 if the browser has it already. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    @PermitAll
    @Operation(hidden = true)
    public Response page(@BeanParam PricingQuery query) {
        access.check();
        Market market = query.market(headers);
        EntityTag tag = query.tag(tables.version(), market);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = unchanged == null
                ? Response.ok(
                        Templates.pricing(tables.table(query.product, market)).render())
                : unchanged;
        return answer.tag(tag)
                .cacheControl(access.cacheControl())
                .header(HttpHeaders.VARY, "Accept-Language")
                .build();
    }
}
