package dev.weir.catalog.pricingtable.rest;

import dev.weir.catalog.pricingtable.app.PricingTables;
import dev.weir.catalog.pricingtable.domain.Market;
import dev.weir.catalog.pricingtable.domain.PricingTable;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What is sold, for a web page: the public plans with their prices in a country and currency. */
@Path("/v1/pricing-table")
@RunOnVirtualThread
public class PricingTableResource {

    private final PricingTables tables;
    private final PricingAccess access;
    private final HttpHeaders headers;
    private final Request request;

    PricingTableResource(PricingTables tables, PricingAccess access, HttpHeaders headers, Request request) {
        this.tables = tables;
        this.access = access;
        this.headers = headers;
        this.request = request;
    }

    /** The table; 304 if the caller has it already. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(
            operationId = "getPricingTable",
            summary = "The public plans and add-ons, their prices in a country and currency",
            description =
                    "Readable without a token where catalog.pricing-table.open is true. Accept-Language says how numbers are written.")
    @APIResponse(
            responseCode = "200",
            description = "The table; headers ETag and Cache-Control",
            content = @Content(schema = @Schema(implementation = PricingTable.class)))
    @APIResponse(responseCode = "304", description = "If-None-Match names the table as it is")
    @APIResponse(responseCode = "400", description = "No such country or currency")
    @APIResponse(responseCode = "404", description = "No such product")
    public Response table(@BeanParam PricingQuery query) {
        access.check();
        Market market = query.market(headers);
        EntityTag tag = query.tag(tables.version(), market);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                unchanged == null ? Response.ok(tables.table(query.product, market)) : unchanged;
        return answer.tag(tag)
                .cacheControl(access.cacheControl())
                .header(HttpHeaders.VARY, "Accept-Language")
                .build();
    }
}
