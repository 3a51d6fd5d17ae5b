package dev.weir.billing.payment.rest;

import dev.weir.billing.payment.app.Payments;
import dev.weir.billing.provider.domain.PaymentReports;
import dev.weir.platform.kernel.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Where Stripe sends its events. Nobody logs in here: the signature over the body says who it is. The gateway does not pass
 * this path on; an ingress of its own does.
 */
@Path("/webhooks/stripe")
@PermitAll
@RunOnVirtualThread
public class StripeWebhookResource {
    private final Payments payments;

    @Inject
    public StripeWebhookResource(Payments payments) {
        this.payments = payments;
    }

    /** Keeps the event; what it tells is looked into afterwards. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "An event of Stripe, signed by it")
    public void receive(@HeaderParam("Stripe-Signature") @Nullable String signature, String body) {
        try {
            payments.received(body, signature == null ? "" : signature);
        } catch (PaymentReports.NotGenuine notGenuine) {
            throw Problem.badRequest("INVALID_SIGNATURE", String.valueOf(notGenuine.getMessage()));
        }
    }
}
