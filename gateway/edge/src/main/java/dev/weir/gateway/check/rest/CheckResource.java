package dev.weir.gateway.check.rest;

import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.check.app.Views;
import dev.weir.gateway.customers.domain.Lookup;
import dev.weir.gateway.engine.Check;
import dev.weir.gateway.engine.CheckRequest;
import dev.weir.gateway.engine.Decision;
import dev.weir.platform.kernel.Problem;
import io.smallrye.common.annotation.NonBlocking;
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

/** Decides checks, from memory whenever the customer is held. On the event loop: nothing here waits. */
@Path("/v1/check")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {
    private final Views views;
    private final GatewayConfig config;

    CheckResource(Views views, GatewayConfig config) {
        this.views = views;
        this.config = config;
    }

    /** May the customer do this now? Reads only, holds nothing; 200 whether allowed or not. */
    @POST
    @NonBlocking
    @Operation(summary = "Decide whether a customer may use a feature now; reads only, never holds")
    @APIResponse(responseCode = "200", description = "The decision, allowed or not")
    @APIResponse(responseCode = "400", description = "The request does not fit the feature")
    public CompletionStage<Decision> check(@Nullable CheckBody body) {
        if (body == null) {
            throw Problem.badRequest("MALFORMED_BODY", "a body is needed");
        }
        CheckRequest request = body.request();
        Instant now = Instant.now();
        Lookup held = views.held(request.customer(), now);
        if (held != null) {
            return CompletableFuture.completedFuture(decide(held, request, now));
        }
        return views.soon(request.customer())
                .thenApply(found -> found.map(lookup -> decide(lookup, request, Instant.now()))
                        .orElseGet(() -> fallback(request)));
    }

    private static Decision decide(Lookup lookup, CheckRequest request, Instant now) {
        return switch (lookup) {
            case Lookup.Known known -> {
                Decision decision = Check.decide(known.view(), request, now);
                yield known.stale() ? decision.asStale() : decision;
            }
            case Lookup.Unknown _ -> Check.unknownCustomer(request, now);
        };
    }

    private Decision fallback(CheckRequest request) {
        boolean allow = config.fallback().get(request.feature()) == GatewayConfig.Fallback.ALLOW;
        return Check.fallback(request, allow, Instant.now());
    }
}
