package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.input.app.Requests;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.app.ScheduledChanges;
import dev.weir.entitlement.subscription.app.SubscriptionView;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What was done to a subscription, and what is scheduled. */
@Path("/v1/customers/{customer}/subscriptions/{id}")
@RunOnVirtualThread
public class ChangeResource {
    private final ScheduledChanges changes;
    private final Caller caller;

    ChangeResource(ScheduledChanges changes, Caller caller) {
        this.changes = changes;
        this.caller = caller;
    }

    /** The record of a subscription, in the order in which it was written. */
    @GET
    @Path("/changes")
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<ChangeResponse> list(
            @RestPath String customer,
            @RestPath UUID id,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                changes.list(customer, id, Requests.position(page), page.limit() + 1),
                page,
                ChangeResponse::of,
                view -> Cursor.encode(view.change().id().toString()));
    }

    /** Revokes a change that has not taken effect; what is in force goes on. */
    @DELETE
    @Path("/changes/{change}")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> revoke(
            @RestPath String customer, @RestPath UUID id, @RestPath UUID change) {
        return answer(changes.revoke(customer, id, change, caller.name()));
    }

    /** Takes back a cancellation that has not taken effect. */
    @POST
    @Path("/uncancel")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> uncancel(
            @RestPath String customer, @RestPath UUID id, @Nullable EmptyRequest request) {
        return answer(changes.uncancel(customer, id, caller.name()));
    }

    private static RestResponse<SubscriptionResponse> answer(Written<SubscriptionView> written) {
        return RestResponse.ResponseBuilder.ok(SubscriptionResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }
}
