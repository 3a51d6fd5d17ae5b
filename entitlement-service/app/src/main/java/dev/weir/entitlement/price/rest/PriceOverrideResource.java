package dev.weir.entitlement.price.rest;

import dev.weir.entitlement.input.app.Requests;
import dev.weir.entitlement.price.app.PriceOverrideRequest;
import dev.weir.entitlement.price.app.PriceOverrides;
import dev.weir.entitlement.price.domain.PriceOverride;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Prices agreed with one customer. */
@Path("/v1/customers/{customer}/price-overrides")
@RunOnVirtualThread
public class PriceOverrideResource {
    private final PriceOverrides overrides;
    private final Caller caller;

    PriceOverrideResource(PriceOverrides overrides, Caller caller) {
        this.overrides = overrides;
        this.caller = caller;
    }

    /** Agrees a price. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<PriceOverrideResponse> create(
            @RestPath String customer, @Nullable PriceOverrideRequest request) {
        return answer(Status.CREATED, overrides.make(Requests.there(request).wish(customer, caller.name())));
    }

    /** The customer's prices, ended ones too. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<PriceOverrideResponse> list(
            @RestPath String customer, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                overrides.list(customer, Requests.position(page), page.limit() + 1),
                page,
                PriceOverrideResponse::of,
                row -> Cursor.encode(row.id().toString()));
    }

    /** Ends a price now: what the catalog says holds again. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<PriceOverrideResponse> end(@RestPath String customer, @RestPath UUID id) {
        return answer(Status.OK, overrides.end(customer, id, caller.name()));
    }

    private static RestResponse<PriceOverrideResponse> answer(Status status, Written<PriceOverride> written) {
        return RestResponse.ResponseBuilder.create(status, PriceOverrideResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }
}
