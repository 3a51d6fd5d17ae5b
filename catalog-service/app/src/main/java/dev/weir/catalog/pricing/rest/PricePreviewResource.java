package dev.weir.catalog.pricing.rest;

import dev.weir.catalog.contract.PriceRating;
import dev.weir.catalog.contract.RatedPrice;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The rating function itself, to try a price out. Changes nothing, so a repeat needs no key. */
@Path("/v1/catalog/price-preview")
@RunOnVirtualThread
public class PricePreviewResource {

    /** Rates a quantity with a price that need not be in the catalog. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.CATALOG_ADMIN, Roles.OPERATOR, Roles.PRODUCT, Roles.FINANCE})
    @Operation(operationId = "previewPrice", summary = "What a quantity costs by a price, line by line")
    @RequestBody(content = @Content(schema = @Schema(implementation = PricePreview.class)))
    @APIResponse(responseCode = "200", description = "The amount and its lines")
    @APIResponse(responseCode = "400", description = "The price or quantity is not usable; errors[] says where")
    public RatedPrice preview(String body) {
        Faults faults = new Faults();
        PricePreview preview = PricePreview.read(DocumentText.read(body, DocumentFormat.JSON, faults), faults);
        return PriceRating.rate(preview.price(), preview.quantity(), preview.percentOf(), preview.events());
    }
}
