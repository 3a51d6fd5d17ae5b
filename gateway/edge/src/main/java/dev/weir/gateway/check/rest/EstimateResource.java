package dev.weir.gateway.check.rest;

import dev.weir.gateway.check.app.MeteredUsage;
import dev.weir.gateway.check.app.Views;
import dev.weir.gateway.customers.domain.Lookup;
import dev.weir.gateway.engine.CheckRequest;
import dev.weir.gateway.engine.Estimate;
import dev.weir.gateway.engine.Estimates;
import dev.weir.platform.kernel.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Tells a price before the click, from the same memory that decides checks. */
@Path("/v1/estimate")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EstimateResource {
    private final Views views;
    private final MeteredUsage usage;

    EstimateResource(Views views, MeteredUsage usage) {
        this.views = views;
        this.usage = usage;
    }

    /** What would it cost now? Reads only, holds nothing; 200 whether it would be allowed or not. */
    @POST
    @Operation(
            summary = "Tell what a use would cost, what would be left, and whether it would be refused; holds nothing")
    @APIResponse(responseCode = "200", description = "The cost, whether it would be allowed or not")
    @APIResponse(responseCode = "400", description = "The request does not fit the feature")
    @APIResponse(responseCode = "503", description = "The customer's state cannot be had now")
    public CompletionStage<Estimate> estimate(@Nullable EstimateBody body) {
        if (body == null) {
            throw Problem.badRequest("MALFORMED_BODY", "a body is needed");
        }
        CheckRequest request = body.request();
        return views.patiently(request.customer(), Instant.now()).thenCompose(found -> switch (found) {
            case Lookup.Known known -> estimate(known, request);
            case Lookup.Unknown _ ->
                CompletableFuture.completedFuture(Estimates.unknownCustomer(request, Instant.now()));
        });
    }

    private CompletionStage<Estimate> estimate(Lookup.Known known, CheckRequest request) {
        return usage.ofUnlimited(known.view(), request.feature(), request.resource())
                .thenApply(used -> {
                    Estimate estimate = Estimates.of(known.view(), request, used.orElse(null), Instant.now());
                    return known.stale() ? estimate.asStale() : estimate;
                });
    }
}
