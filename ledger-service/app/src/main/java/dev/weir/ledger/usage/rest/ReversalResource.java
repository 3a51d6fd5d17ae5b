package dev.weir.ledger.usage.rest;

import dev.weir.ledger.contract.WithWallets;
import dev.weir.ledger.posting.app.Answer;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Replies;
import dev.weir.ledger.posting.app.Result;
import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.usage.app.UsageReversals;
import dev.weir.ledger.usage.app.UsageReversals.Reversal;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.ProblemResponses;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Usage taken back onto what it was drawn from, and what a usage event was paid with. */
@Path("/v1/customers/{customer}/usage")
@Produces({MediaType.APPLICATION_JSON, WithWallets.MEDIA_TYPE, ProblemResponses.MEDIA_TYPE})
@RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
@RunOnVirtualThread
public class ReversalResource {
    private static final int LONGEST = 255;
    private static final int MOST_DAYS = 3_650;

    private final UsageReversals reversals;
    private final Caller caller;

    ReversalResource(UsageReversals reversals, Caller caller) {
        this.reversals = reversals;
        this.caller = caller;
    }

    @POST
    @Path("/reversals")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response reverse(
            @PathParam("customer") String customer,
            @NotNull ReversalRequest request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(
                headers,
                () -> reversals.reverse(
                        Inputs.customer(customer),
                        reversal(request),
                        Keys.of(
                                key,
                                caller.id(),
                                "POST /v1/customers/{customer}/usage/reversals",
                                Map.of("customer", customer, "request", request)),
                        caller.name()));
    }

    @GET
    @Path("/reversals")
    public Response list(
            @PathParam("customer") String customer,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            PageRequest page = PageRequest.of(limit, after);
            return new Result(
                    null,
                    Answer.ok(200, reversals.list(Inputs.customer(customer), cursor(page.after()), page.limit())),
                    List.of());
        });
    }

    /** Which blocks paid for an event. */
    @GET
    @Path("/charges")
    public Response charges(
            @PathParam("customer") String customer,
            @QueryParam("source") @Nullable String source,
            @QueryParam("id") @Nullable String id,
            @QueryParam("feature") @Nullable String feature,
            @Context HttpHeaders headers) {
        return Replies.of(
                headers,
                () -> new Result(
                        null,
                        Answer.ok(
                                200,
                                reversals.charged(
                                        Inputs.customer(customer),
                                        text("source", source),
                                        text("id", id),
                                        text("feature", feature))),
                        List.of()));
    }

    private static Reversal reversal(ReversalRequest request) {
        ByHand.Ended ended = ended(request.expired());
        Integer days = request.days();
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw Inputs.invalid("days", "INVALID_VALUE", "must be 1 to " + MOST_DAYS);
        }
        if (days == null && ended == ByHand.Ended.REVIVE) {
            throw Inputs.invalid("days", "REQUIRED", "say how long it lives");
        }
        return new Reversal(
                text("source", request.source()),
                text("id", request.id()),
                text("feature", request.feature()),
                request.quantity() == null || request.quantity().isNull()
                        ? null
                        : Inputs.decimal("quantity", request.quantity()),
                ended,
                days,
                text("reason", request.reason()));
    }

    private static ByHand.Ended ended(@Nullable String text) {
        if (text == null) {
            return ByHand.Ended.EXPIRE_NOW;
        }
        return switch (text) {
            case "EXPIRE_NOW" -> ByHand.Ended.EXPIRE_NOW;
            case "GOODWILL" -> ByHand.Ended.GOODWILL;
            case "REVIVE" -> ByHand.Ended.REVIVE;
            default -> throw Inputs.invalid("expired", "INVALID_VALUE", "EXPIRE_NOW, GOODWILL or REVIVE");
        };
    }

    private static String text(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Inputs.invalid(field, "REQUIRED", "must not be blank");
        }
        if (text.length() > LONGEST) {
            throw Inputs.invalid(field, "INVALID_VALUE", "at most " + LONGEST + " characters");
        }
        return text;
    }

    private static @Nullable UUID cursor(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            return UUID.fromString(Cursor.decode(after));
        } catch (IllegalArgumentException e) {
            throw Inputs.invalid("after", "INVALID_VALUE", "not a cursor of this list");
        }
    }
}
