package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.app.SubscriptionChanges;
import dev.weir.entitlement.subscription.app.SubscriptionRequest;
import dev.weir.entitlement.subscription.app.SubscriptionService;
import dev.weir.entitlement.subscription.app.SubscriptionView;
import dev.weir.entitlement.subscription.domain.Preview;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A customer's subscriptions. */
@Path("/v1/customers/{customer}/subscriptions")
@RunOnVirtualThread
public class SubscriptionResource {
    private final SubscriptionService subscriptions;
    private final SubscriptionChanges changes;
    private final Caller caller;

    SubscriptionResource(SubscriptionService subscriptions, SubscriptionChanges changes, Caller caller) {
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.caller = caller;
    }

    /** Makes a subscription. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> create(@RestPath String customer, @Nullable SubscriptionRequest request) {
        return answer(Status.CREATED, subscriptions.create(there(request).wish(customer, caller.name())));
    }

    /** The customer's subscriptions; those of one resource, if it is given. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public Page<SubscriptionResponse> list(
            @RestPath String customer,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String resource) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                subscriptions.list(customer, resource, position(page.after()), page.limit() + 1),
                page,
                SubscriptionResponse::of,
                view -> Cursor.encode(view.subscription().id().toString()));
    }

    /** One subscription. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
    public SubscriptionResponse get(@RestPath String customer, @RestPath UUID id) {
        return SubscriptionResponse.of(subscriptions.get(customer, id));
    }

    /** Changes plan, version or add-ons. */
    @POST
    @Path("/{id}/change")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> change(
            @RestPath String customer, @RestPath UUID id, @Nullable ChangeRequest request) {
        return answer(Status.OK, changes.change(there(request).wish(customer, id, caller.name())));
    }

    /** What a change would do; it changes nothing. */
    @POST
    @Path("/{id}/change/preview")
    @RolesAllowed(Roles.OPERATOR)
    public Preview previewChange(@RestPath String customer, @RestPath UUID id, @Nullable ChangeRequest request) {
        return changes.preview(there(request).wish(customer, id, caller.name()));
    }

    /** What a change would do; it changes nothing. */
    @POST
    @Path("/{id}/preview")
    @RolesAllowed(Roles.OPERATOR)
    public Preview preview(@RestPath String customer, @RestPath UUID id, @Nullable ChangeRequest request) {
        return previewChange(customer, id, request);
    }

    /** Ends the subscription. */
    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> cancel(
            @RestPath String customer, @RestPath UUID id, @Nullable CancelRequest request) {
        return answer(Status.OK, changes.cancel(customer, id, there(request).effective(), caller.name()));
    }

    /** Suspends the subscription from now on. */
    @POST
    @Path("/{id}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> pause(
            @RestPath String customer, @RestPath UUID id, @Nullable EmptyRequest request) {
        return answer(Status.OK, changes.pause(customer, id, caller.name()));
    }

    /** Takes a paused subscription up again from now on. */
    @POST
    @Path("/{id}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @Idempotent
    public RestResponse<SubscriptionResponse> resume(
            @RestPath String customer, @RestPath UUID id, @Nullable EmptyRequest request) {
        return answer(Status.OK, changes.resume(customer, id, caller.name()));
    }

    private static RestResponse<SubscriptionResponse> answer(Status status, Written<SubscriptionView> written) {
        return RestResponse.ResponseBuilder.create(status, SubscriptionResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }

    private static <T> T there(@Nullable T request) {
        if (request == null) {
            throw Problem.badRequest("MALFORMED_BODY", "a JSON object is needed");
        }
        return request;
    }

    private static @Nullable UUID position(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return UUID.fromString(Cursor.decode(cursor));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
        }
    }
}
