package dev.weir.billing.invoice.rest;

import dev.weir.billing.invoice.app.InvoicePreviews;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** What the provider would invoice next. */
@Path("/v1/finance/customers/{customer}/invoice-preview")
@RunOnVirtualThread
@RolesAllowed(Roles.FINANCE)
public class InvoicePreviewResource {
    private final InvoicePreviews previews;

    @Inject
    public InvoicePreviewResource(InvoicePreviews previews) {
        this.previews = previews;
    }

    /** One preview for each subscription that is synced; {@code items} is empty for a customer with nothing to bill. */
    @GET
    public PreviewsResponse preview(@PathParam("customer") String customer) {
        return new PreviewsResponse(previews.of(customer));
    }

    /** The previews. */
    public record PreviewsResponse(List<InvoicePreviews.SubscriptionPreview> items) {}
}
