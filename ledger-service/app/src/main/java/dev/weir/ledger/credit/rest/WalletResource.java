package dev.weir.ledger.credit.rest;

import dev.weir.ledger.contract.WithWallets;
import dev.weir.ledger.credit.app.Credits;
import dev.weir.ledger.credit.app.JournalQuery;
import dev.weir.ledger.posting.app.Answer;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.app.Replies;
import dev.weir.ledger.posting.app.Result;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.PageRequest;
import dev.weir.platform.servicekit.web.ProblemResponses;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Balances and where they come from. */
@Path("/v1/customers/{customer}/wallets")
@Produces({MediaType.APPLICATION_JSON, WithWallets.MEDIA_TYPE, ProblemResponses.MEDIA_TYPE})
@RolesAllowed({Roles.OPERATOR, Roles.PRODUCT})
@RunOnVirtualThread
public class WalletResource {
    private final Credits credits;

    WalletResource(Credits credits) {
        this.credits = credits;
    }

    @GET
    public Response list(@PathParam("customer") String customer, @Context HttpHeaders headers) {
        return Replies.of(
                headers, () -> new Result(null, Answer.ok(200, credits.wallets(Inputs.customer(customer))), List.of()));
    }

    @GET
    @Path("/{unit}")
    public Response wallet(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            Instant at = GrantConvert.instant("asOf", asOf);
            return credits.wallet(Inputs.customer(customer), unit, resource, at);
        });
    }

    @GET
    @Path("/{unit}/journal")
    public Response journal(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("event") @Nullable String event,
            @QueryParam("reservation") @Nullable String reservation,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            PageRequest page = PageRequest.of(limit, after);
            JournalQuery query = new JournalQuery(seq(page.after()), page.limit(), event, id(reservation));
            return new Result(
                    null, Answer.ok(200, credits.journal(Inputs.customer(customer), unit, resource, query)), List.of());
        });
    }

    /** One block, ended or not: its accounts, its money, where it came from and what became of it. */
    @GET
    @Path("/{unit}/blocks/{block}")
    public Response block(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @PathParam("block") String block,
            @QueryParam("resource") @Nullable String resource,
            @Context HttpHeaders headers) {
        return Replies.of(
                headers,
                () -> credits.block(Inputs.customer(customer), unit, resource, AdjustmentConvert.block(block)));
    }

    private static long seq(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        try {
            return Long.parseLong(Cursor.decode(after));
        } catch (NumberFormatException e) {
            throw Inputs.invalid("after", "INVALID_VALUE", "not a cursor of this list");
        }
    }

    private static @Nullable UUID id(@Nullable String reservation) {
        if (reservation == null) {
            return null;
        }
        try {
            return UUID.fromString(reservation);
        } catch (IllegalArgumentException e) {
            throw Inputs.invalid("reservation", "INVALID_VALUE", "not a reservation's id");
        }
    }
}
