package dev.weir.ledger.threshold.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.threshold.app.WatchedWallets;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Caller;
import dev.weir.platform.servicekit.web.Idempotent;
import dev.weir.platform.servicekit.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thresholds of a wallet, and the rule by which credit is bought when it runs low. */
@Path("/v1/customers/{customer}/wallets/{unit}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class ThresholdResource {
    private final WatchedWallets wallets;
    private final Caller caller;

    ThresholdResource(WatchedWallets wallets, Caller caller) {
        this.wallets = wallets;
        this.caller = caller;
    }

    /** The thresholds of a wallet. */
    @GET
    @Path("/thresholds")
    public ObjectNode thresholds(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource) {
        WalletSpec wallet = wallets.wallet(Inputs.customer(customer), unit, resource);
        return ThresholdConvert.page(wallets.thresholds(wallet), wallet.scale());
    }

    /** Puts all thresholds of a wallet. */
    @PUT
    @Idempotent
    @Path("/thresholds")
    public ObjectNode putThresholds(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource,
            @NotNull ThresholdsRequest request) {
        WalletSpec wallet = wallets.wallet(Inputs.customer(customer), unit, resource);
        return ThresholdConvert.page(
                wallets.replace(wallet, ThresholdConvert.thresholds(request, wallet.scale())), wallet.scale());
    }

    /** Removes all thresholds of a wallet. */
    @DELETE
    @Idempotent
    @Path("/thresholds")
    public void removeThresholds(
            @PathParam("customer") String customer,
            @PathParam("unit") String unit,
            @QueryParam("resource") @Nullable String resource) {
        wallets.replace(wallets.wallet(Inputs.customer(customer), unit, resource), List.of());
    }

    /** The recharge rule of a wallet and its last requests. */
    @GET
    @Path("/auto-recharge")
    public ObjectNode recharge(@PathParam("customer") String customer, @PathParam("unit") String unit) {
        return ThresholdConvert.recharging(wallets.recharging(credit(customer, unit)));
    }

    /** Puts the recharge rule of a wallet; it decides at once. */
    @PUT
    @Idempotent
    @Path("/auto-recharge")
    public ObjectNode putRecharge(
            @PathParam("customer") String customer, @PathParam("unit") String unit, @NotNull RechargeRequest request) {
        WalletSpec wallet = credit(customer, unit);
        return ThresholdConvert.recharging(
                wallets.put(wallet, ThresholdConvert.rule(request, wallet.scale()), caller.name()));
    }

    /** Removes the recharge rule of a wallet; an open request is still answered. */
    @DELETE
    @Idempotent
    @Path("/auto-recharge")
    public void removeRecharge(@PathParam("customer") String customer, @PathParam("unit") String unit) {
        wallets.remove(credit(customer, unit));
    }

    private WalletSpec credit(String customer, String unit) {
        WalletSpec wallet = wallets.wallet(Inputs.customer(customer), unit, null);
        if (wallet.kind() != WalletKind.CREDIT) {
            throw Problem.unprocessable("NOT_A_CREDIT_UNIT", unit + " is a limit: there is nothing to buy")
                    .error("unit", "NOT_A_CREDIT_UNIT", "is a limit");
        }
        return wallet;
    }
}
