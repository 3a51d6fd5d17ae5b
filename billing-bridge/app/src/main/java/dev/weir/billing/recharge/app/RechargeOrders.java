package dev.weir.billing.recharge.app;

import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.app.SyncCommands;
import dev.weir.billing.sync.domain.RechargeKey;
import dev.weir.ledger.contract.RechargeRequested;
import dev.weir.platform.kernel.Atoms;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Buys the credit that a wallet's recharge rule asks for: one amount on an invoice of its own, under the request's id, so that a
 * repeated request buys nothing twice. What becomes of the command is told by {@code RechargeAnswers}.
 */
@ApplicationScoped
public class RechargeOrders {
    private final SyncCommands commands;

    RechargeOrders(SyncCommands commands) {
        this.commands = commands;
    }

    /** Buys, within the caller's transaction. */
    public void order(RechargeRequested request) {
        String key = RechargeKey.of(request.request());
        commands.want(
                new ProviderCommand.SubmitAmount(
                        key,
                        key,
                        request.customer(),
                        key,
                        Atoms.format(request.quantity(), request.scale()) + " " + request.unit() + " (auto-recharge)",
                        request.cost(),
                        request.currency(),
                        request.at(),
                        request.at()),
                1);
    }
}
