package dev.weir.ledger.credit.rest;

import dev.weir.ledger.contract.WithWallets;
import dev.weir.ledger.credit.app.Adjustments;
import dev.weir.ledger.credit.app.Adjustments.Order;
import dev.weir.ledger.credit.app.Adjustments.Taking;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Replies;
import dev.weir.ledger.wallet.domain.MoveKind;
import dev.weir.platform.kernel.CustomerId;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.ProblemResponses;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Corrections of wallets by hand. */
@Path("/v1/customers/{customer}/wallets")
@Produces({MediaType.APPLICATION_JSON, WithWallets.MEDIA_TYPE, ProblemResponses.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class AdjustmentResource {
    private static final String ROUTE = "POST /v1/customers/{customer}/wallets/{unit}/";

    private final Adjustments adjustments;
    private final Caller caller;

    AdjustmentResource(Adjustments adjustments, Caller caller) {
        this.adjustments = adjustments;
        this.caller = caller;
    }

    /** Takes unused credit of a block back; what is held follows when it comes back. */
    @POST
    @Path("/{unit}/blocks/{block}/void")
    public Response voidBlock(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @PathParam("block") String block,
            @NotNull AdjustmentRequests.Void request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            Taking taking = new Taking(
                    id(block), MoveKind.VOID, AdjustmentConvert.amount(request.amount()), null, false, false);
            return adjustments.take(
                    order(customer, unit, request.reason(), "blocks/void", block, request, key), taking);
        });
    }

    /** The same, and pays it back. */
    @POST
    @Path("/{unit}/blocks/{block}/refund")
    @RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
    public Response refund(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @PathParam("block") String block,
            @NotNull AdjustmentRequests.Refund request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            Taking taking = new Taking(
                    id(block),
                    MoveKind.REFUND,
                    AdjustmentConvert.amount(request.amount()),
                    AdjustmentConvert.money(request.money()),
                    false,
                    false);
            return adjustments.take(
                    order(customer, unit, request.reason(), "blocks/refund", block, request, key), taking);
        });
    }

    /** A payment was charged back: takes its credit away, used or not. */
    @POST
    @Path("/{unit}/blocks/{block}/clawback")
    @RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
    public Response clawBack(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @PathParam("block") String block,
            @NotNull AdjustmentRequests.ClawBack request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            Taking taking = new Taking(
                    id(block),
                    MoveKind.CLAW_BACK,
                    AdjustmentConvert.amount(request.amount()),
                    AdjustmentConvert.money(request.money()),
                    Boolean.TRUE.equals(request.fromOtherBlocks()),
                    Boolean.TRUE.equals(request.freeze()));
            return adjustments.take(
                    order(customer, unit, request.reason(), "blocks/clawback", block, request, key), taking);
        });
    }

    /** Nothing may be reserved from the wallet any more; what is held is settled or released all the same. */
    @POST
    @Path("/{unit}/freeze")
    @RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
    public Response freeze(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource,
            @NotNull AdjustmentRequests.Freeze request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return turn(customer, unit, resource, request, key, headers, true);
    }

    @POST
    @Path("/{unit}/unfreeze")
    @RolesAllowed({Roles.OPERATOR, Roles.FINANCE})
    public Response unfreeze(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource,
            @NotNull AdjustmentRequests.Freeze request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return turn(customer, unit, resource, request, key, headers, false);
    }

    private Response turn(
            String customer,
            String unit,
            @Nullable String resource,
            AdjustmentRequests.Freeze request,
            @Nullable String key,
            HttpHeaders headers,
            boolean frozen) {
        String route = frozen ? "freeze" : "unfreeze";
        return Replies.of(
                headers,
                () -> adjustments.freeze(
                        order(customer, unit, request.reason(), route, resource == null ? "" : resource, request, key),
                        resource,
                        frozen));
    }

    /** Uses credit that no usage event speaks of, in burn order, all or nothing. */
    @POST
    @Path("/{unit}/debits")
    public Response debit(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @NotNull AdjustmentRequests.Debit request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(
                headers,
                () -> adjustments.charge(
                        order(customer, unit, request.reason(), "debits", "", request, key),
                        AdjustmentConvert.required("amount", request.amount()),
                        AdjustmentConvert.key("feature", request.feature())));
    }

    /** Gives credit to another customer; it keeps its expiry, category and share of the cost. */
    @POST
    @Path("/{unit}/transfer")
    public Response transfer(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @NotNull AdjustmentRequests.Transfer request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(headers, () -> {
            String to = request.to();
            if (to == null || !CustomerId.isValid(to)) {
                throw Inputs.invalid("to", to == null ? "REQUIRED" : "INVALID_VALUE", "name a customer");
            }
            return adjustments.transfer(
                    order(customer, unit, request.reason(), "transfer", "", request, key),
                    to,
                    AdjustmentConvert.required("amount", request.amount()));
        });
    }

    /** Turns credit into credit of another unit, at a rate. */
    @POST
    @Path("/{unit}/convert")
    public Response convert(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @NotNull AdjustmentRequests.Convert request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        return Replies.of(
                headers,
                () -> adjustments.convert(
                        order(customer, unit, request.reason(), "convert", "", request, key),
                        AdjustmentConvert.requiredKey("toUnit", request.toUnit()),
                        AdjustmentConvert.required("amount", request.amount()),
                        AdjustmentConvert.rate(request.rate()),
                        AdjustmentConvert.text("source", request.source())));
    }

    private Order order(
            String customer,
            String unit,
            @Nullable String reason,
            String route,
            String what,
            Object request,
            @Nullable String key) {
        return new Order(
                Inputs.customer(customer),
                unit,
                AdjustmentConvert.text("reason", reason),
                Keys.of(
                        key,
                        caller.id(),
                        ROUTE + route,
                        Map.of("customer", customer, "unit", unit, "what", what, "request", request)),
                caller.name());
    }

    private static UUID id(String block) {
        return AdjustmentConvert.block(block);
    }
}
