package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.input.app.Requests;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.entitlement.subscription.app.SubscriptionView;
import dev.weir.entitlement.subscription.app.TrialActions;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A running trial. */
@Path("/v1/customers/{customer}/subscriptions/{id}/trial")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATOR)
public class TrialResource {
    private final TrialActions trials;
    private final Caller caller;

    TrialResource(TrialActions trials, Caller caller) {
        this.trials = trials;
        this.caller = caller;
    }

    /** Ends the trial now: what it was to end in follows. */
    @POST
    @Path("/end")
    @Idempotent
    public RestResponse<SubscriptionResponse> end(
            @RestPath String customer, @RestPath UUID id, @Nullable EmptyRequest request) {
        return answer(trials.end(customer, id, caller.name()));
    }

    /** Lets the trial go on until a later instant. */
    @POST
    @Path("/extend")
    @Idempotent
    public RestResponse<SubscriptionResponse> extend(
            @RestPath String customer, @RestPath UUID id, @Nullable ExtendTrialRequest request) {
        return answer(trials.extend(customer, id, Requests.there(request).instant(), caller.name()));
    }

    private static RestResponse<SubscriptionResponse> answer(Written<SubscriptionView> written) {
        return RestResponse.ResponseBuilder.ok(SubscriptionResponse.of(written.value()))
                .header(Written.HEADER, written.snapshotVersion())
                .build();
    }
}
