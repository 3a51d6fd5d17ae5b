package dev.weir.entitlement.cohort.rest;

import dev.weir.entitlement.cohort.app.Cohorts;
import dev.weir.entitlement.cohort.domain.Cohort;
import dev.weir.entitlement.input.app.Requests;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Groups of customers, for migrations and promotions. */
@Path("/v1/cohorts")
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATOR)
public class CohortResource {
    private final Cohorts cohorts;
    private final Caller caller;

    CohortResource(Cohorts cohorts, Caller caller) {
        this.cohorts = cohorts;
        this.caller = caller;
    }

    /** A member of a cohort. */
    public record Member(String customer) {}

    /** Creates or replaces a cohort. */
    @PUT
    @Path("/{cohort}")
    @Idempotent
    public CohortResponse put(@RestPath String cohort, @Nullable CohortRequest request) {
        Cohort put = cohorts.put(Requests.there(request).wish(cohort, caller.name()));
        return CohortResponse.of(put, cohorts.count(cohort));
    }

    /** Cohorts by key. */
    @GET
    public Page<CohortResponse> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        String position = page.after() == null ? null : Cursor.decode(page.after());
        return Page.of(
                cohorts.list(position, page.limit() + 1),
                page,
                cohort -> CohortResponse.of(cohort, null),
                cohort -> Cursor.encode(cohort.key()));
    }

    /** One cohort. */
    @GET
    @Path("/{cohort}")
    public CohortResponse get(@RestPath String cohort) {
        return CohortResponse.of(cohorts.get(cohort), cohorts.count(cohort));
    }

    /** Who belongs to a cohort now. */
    @GET
    @Path("/{cohort}/customers")
    public Page<Member> members(
            @RestPath String cohort, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        String position = page.after() == null ? null : Cursor.decode(page.after());
        return Page.of(cohorts.members(cohort, position, page.limit() + 1), page, Member::new, Cursor::encode);
    }

    /** Removes a cohort that nothing runs for. */
    @DELETE
    @Path("/{cohort}")
    @Idempotent
    public CohortResponse delete(@RestPath String cohort) {
        return CohortResponse.of(cohorts.delete(cohort), null);
    }
}
