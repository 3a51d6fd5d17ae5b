package dev.weir.entitlement.rollout.rest;

import dev.weir.entitlement.rollout.app.Rollouts;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Catalogs on their way to all customers. */
@Path("/v1/rollouts")
@RunOnVirtualThread
@RolesAllowed({Roles.OPERATOR, Roles.CATALOG_ADMIN})
public class RolloutResource {
    private final Rollouts rollouts;

    RolloutResource(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** Every rollout, the latest first. */
    @GET
    public Page<RolloutResponse> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        PageRequest page = PageRequest.of(limit, after);
        return Page.of(
                rollouts.list(position(page.after()), page.limit() + 1),
                page,
                RolloutResponse::of,
                rollout -> Cursor.encode(Long.toString(rollout.catalogVersion())));
    }

    /** The rollout of one catalog version. */
    @GET
    @Path("/{catalogVersion}")
    public RolloutResponse get(@RestPath long catalogVersion) {
        return RolloutResponse.of(rollouts.get(catalogVersion));
    }

    private static @Nullable Long position(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return Long.valueOf(Cursor.decode(cursor));
        } catch (NumberFormatException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
        }
    }
}
