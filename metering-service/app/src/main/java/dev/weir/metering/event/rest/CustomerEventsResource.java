package dev.weir.metering.event.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.metering.event.app.EventRows;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The events of a customer. */
@Path("/v1/customers/{customer}/events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CustomerEventsResource {

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private final EventRows rows;

    CustomerEventsResource(EventRows rows) {
        this.rows = rows;
    }

    /** An event as listed. */
    public record EventItem(
            String source,
            String id,
            @Nullable String type,
            @Nullable String resource,
            Instant time,
            Instant receivedAt,
            boolean reported,
            ObjectNode data) {}

    /** A customer's events, latest first by their time. */
    @GET
    @RolesAllowed({Roles.PRODUCT, Roles.OPERATOR})
    @Operation(summary = "List a customer's usage events, latest first")
    public Page<EventItem> list(
            @PathParam("customer") String customer,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        PageRequest request = PageRequest.of(limit, after);
        Instant before = END_OF_TIME;
        long beforeSeq = Long.MAX_VALUE;
        if (after != null) {
            List<String> parts = Cursor.decode(after, 2);
            try {
                before = Instant.parse(parts.getFirst());
                beforeSeq = Long.parseLong(parts.getLast());
            } catch (DateTimeParseException | NumberFormatException e) {
                throw Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given");
            }
        }
        List<UsageEvent> events = rows.list(customer, before, beforeSeq, request.limit() + 1);
        return Page.of(
                events,
                request,
                CustomerEventsResource::item,
                event -> Cursor.encode(event.time().toString(), Long.toString(event.seq())));
    }

    private static EventItem item(UsageEvent event) {
        return new EventItem(
                event.source(),
                event.id(),
                event.type(),
                event.resource(),
                event.time(),
                event.receivedAt(),
                event.reported(),
                event.data());
    }
}
