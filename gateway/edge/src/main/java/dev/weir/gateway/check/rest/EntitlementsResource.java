package dev.weir.gateway.check.rest;

import dev.weir.gateway.check.app.MeteredUsage;
import dev.weir.gateway.check.app.Views;
import dev.weir.gateway.customers.app.CustomerHistory;
import dev.weir.gateway.customers.domain.Lookup;
import dev.weir.gateway.engine.CustomerEntitlements;
import dev.weir.gateway.engine.EntitlementState;
import dev.weir.gateway.engine.Entitlements;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.kernel.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has: now, from the same memory that decides checks; at another instant, from its whole timeline. The past is
 * told by what is known now: what was back-dated counts.
 */
@Path("/v1/customers/{customer}/entitlements")
@Produces(MediaType.APPLICATION_JSON)
public class EntitlementsResource {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private final Views views;
    private final CustomerHistory history;
    private final MeteredUsage usage;

    EntitlementsResource(Views views, CustomerHistory history, MeteredUsage usage) {
        this.views = views;
        this.history = history;
        this.usage = usage;
    }

    /** Every feature that the customer has, with usage and balances; some of them, or by pages, if asked so. */
    @GET
    @Operation(summary = "List what a customer has")
    @APIResponse(responseCode = "200", description = "Every feature that a source names")
    @APIResponse(responseCode = "400", description = "asOf, type, limit or after is none")
    @APIResponse(responseCode = "404", description = "There is no such customer")
    public CompletionStage<CustomerEntitlements> all(
            @PathParam("customer") String customer,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("asOf") @Nullable String asOf,
            @QueryParam("type") @Nullable String type,
            @QueryParam("granted") @Nullable Boolean granted,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        Instant at = instant(asOf);
        Selection selection = Selection.of(type, granted, limit, after);
        return known(customer, at).thenCompose(known -> {
            CustomerEntitlements told =
                    selection.of(Entitlements.all(known.view(), resource, at, Instant.now(), known.stale()));
            List<CompletableFuture<EntitlementState>> counted = told.items().stream()
                    .map(state -> counted(known, state, resource, at).toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(counted.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> told.withItems(
                            counted.stream().map(CompletableFuture::join).toList()));
        });
    }

    /** One feature, with all its sources if an explanation is asked for. */
    @GET
    @Path("/{feature}")
    @Operation(summary = "Describe one feature as a customer has it")
    @APIResponse(responseCode = "200", description = "The resolved feature")
    @APIResponse(responseCode = "404", description = "There is no such customer or feature")
    public CompletionStage<EntitlementState> one(
            @PathParam("customer") String customer,
            @PathParam("feature") String feature,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("asOf") @Nullable String asOf,
            @QueryParam("explain") boolean explain) {
        Instant at = instant(asOf);
        return known(customer, at)
                .thenCompose(known -> counted(
                        known,
                        Entitlements.one(known.view(), feature, resource, at, explain, Instant.now(), known.stale()),
                        resource,
                        at));
    }

    /** What no wallet counts is asked of metering; usage is told of the present only. */
    private CompletionStage<EntitlementState> counted(
            Lookup.Known known, EntitlementState state, @Nullable String resource, @Nullable Instant asOf) {
        if (asOf != null || state.limit() == null || !state.limit().unlimited()) {
            return CompletableFuture.completedFuture(state);
        }
        return usage.ofUnlimited(known.view(), state.feature(), resource)
                .thenApply(used -> used.map(state::withUsed).orElse(state));
    }

    private CompletionStage<Lookup.Known> known(String customer, @Nullable Instant at) {
        if (!CustomerId.isValid(customer)) {
            throw unknown(customer);
        }
        if (at != null) {
            return history.at(customer, at)
                    .thenApply(found -> new Lookup.Known(found.orElseThrow(() -> unknown(customer)), false));
        }
        return views.patiently(customer, Instant.now()).thenApply(found -> switch (found) {
            case Lookup.Known known -> known;
            case Lookup.Unknown _ -> throw unknown(customer);
        });
    }

    private static Problem unknown(String customer) {
        return Problem.notFound("UNKNOWN_CUSTOMER", "there is no customer " + customer);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            if (!at.isBefore(FIRST) && at.isBefore(LAST)) {
                return at;
            }
        } catch (DateTimeParseException e) {
            // Refused below, like an instant out of reach.
        }
        throw Problem.badRequest("INVALID_VALUE", "asOf is not an RFC 3339 instant of the years 2000 to 2199")
                .error("asOf", "INVALID_VALUE", "must be an RFC 3339 instant of the years 2000 to 2199");
    }
}
