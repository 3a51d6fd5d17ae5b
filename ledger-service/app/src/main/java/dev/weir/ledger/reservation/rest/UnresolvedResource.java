package dev.weir.ledger.reservation.rest;

import dev.weir.ledger.reservation.persistence.UnresolvedTable;
import dev.weir.ledger.reservation.persistence.UnresolvedTable.Unresolved;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reservations that nobody reported on: somebody should ask the product why. */
@Path("/v1/ledger/unresolved")
@RolesAllowed({Roles.FINANCE, Roles.OPERATOR, Roles.PLATFORM})
@RunOnVirtualThread
public class UnresolvedResource {
    private final UnresolvedTable table;

    UnresolvedResource(UnresolvedTable table) {
        this.table = table;
    }

    /** What it still holds of a unit. */
    public record Held(String unit, String amount) {}

    /** One of them. */
    public record UnresolvedResponse(
            UUID id,
            String customer,
            String feature,
            String state,
            List<Held> held,
            Instant createdAt,
            Instant expiredAt,
            @Nullable Instant closedAt) {}

    /** In quarantine, or closed without a report; the oldest first. */
    @GET
    public Page<UnresolvedResponse> list(
            @QueryParam("customer") @Nullable String customer,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        PageRequest request = PageRequest.of(limit, after);
        return Page.of(
                table.page(position(request.after()), customer, request.limit() + 1),
                request,
                UnresolvedResource::response,
                one -> Cursor.encode(one.id().toString()));
    }

    private static @Nullable UUID position(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            return UUID.fromString(Cursor.decode(after));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given")
                    .error("after", "INVALID_CURSOR", "is none that this list has given");
        }
    }

    private static UnresolvedResponse response(Unresolved one) {
        return new UnresolvedResponse(
                one.id(),
                one.customer(),
                one.feature(),
                one.state().name(),
                one.held().stream()
                        .map(open -> new Held(open.unit(), Atoms.format(open.amount(), open.scale())))
                        .toList(),
                one.createdAt(),
                one.deadlineAt(),
                one.closedAt());
    }
}
