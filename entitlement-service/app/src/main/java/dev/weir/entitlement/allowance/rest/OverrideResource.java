package dev.weir.entitlement.allowance.rest;

import dev.weir.entitlement.allowance.app.AllowanceService;
import dev.weir.entitlement.allowance.app.AllowanceWish;
import dev.weir.entitlement.allowance.app.OverrideRequest;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.platform.servicekit.web.Caller;
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

/** A customer's overrides. */
@Path("/v1/customers/{customer}/overrides")
@RunOnVirtualThread
public class OverrideResource {
    private final AllowanceService allowances;
    private final Caller caller;

    OverrideResource(AllowanceService allowances, Caller caller) {
        this.allowances = allowances;
        this.caller = caller;
    }

    /** Makes an override. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<AllowanceResponse> create(@RestPath String customer, @Nullable OverrideRequest request) {
        return Answers.of(
                Status.CREATED, allowances.make(AllowanceWish.of(customer, Answers.there(request), caller.name())));
    }

    /** The customer's overrides, ended ones too. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<AllowanceResponse> list(
            @RestPath String customer, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Answers.page(
                page, allowances.list(customer, AllowancePart.Kind.OVERRIDE, Answers.position(page), page.limit() + 1));
    }

    /** Ends an override now. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<AllowanceResponse> end(@RestPath String customer, @RestPath UUID id) {
        return Answers.of(Status.OK, allowances.end(customer, AllowancePart.Kind.OVERRIDE, id, caller.name()));
    }
}
