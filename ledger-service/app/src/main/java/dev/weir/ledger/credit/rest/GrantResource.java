package dev.weir.ledger.credit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ledger.contract.WithWallets;
import dev.weir.ledger.credit.app.Credits;
import dev.weir.ledger.posting.app.Answer;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Replies;
import dev.weir.ledger.posting.app.Result;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.ProblemResponses;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credit given by hand, or by whoever sells it. */
@Path("/v1/customers/{customer}/grants")
@Produces({MediaType.APPLICATION_JSON, WithWallets.MEDIA_TYPE, ProblemResponses.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class GrantResource {
    private final Credits credits;
    private final Caller caller;

    GrantResource(Credits credits, Caller caller) {
        this.credits = credits;
        this.caller = caller;
    }

    @POST
    public Response grant(
            @PathParam("customer") String customer,
            @NotNull GrantRequest request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(
                headers,
                () -> credits.grant(
                        Inputs.customer(customer),
                        GrantConvert.gift(request),
                        Keys.of(
                                key,
                                caller.id(),
                                "POST /v1/customers/{customer}/grants",
                                Map.of("customer", customer, "request", request)),
                        caller.name()));
    }

    @GET
    public Response list(@PathParam("customer") String customer, @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            JsonNode body = credits.grants(Inputs.customer(customer));
            return new Result(null, Answer.ok(200, body), List.of());
        });
    }
}
