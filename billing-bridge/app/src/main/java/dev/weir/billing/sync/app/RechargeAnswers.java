package dev.weir.billing.sync.app;

import dev.weir.billing.contract.RechargeFailed;
import dev.weir.billing.contract.RechargePaid;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.domain.RechargeKey;
import dev.weir.billing.sync.domain.SyncCommand;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the ledger what became of a recharge, in the transaction that records it. Other commands are none of its business. */
@ApplicationScoped
class RechargeAnswers {
    private final Outbox outbox;
    private final BillingProvider provider;

    RechargeAnswers(Outbox outbox, BillingProvider provider) {
        this.outbox = outbox;
        this.provider = provider;
    }

    void delivered(SyncCommand command, String remoteId) {
        if (command.command() instanceof ProviderCommand.SubmitAmount amount) {
            RechargeKey.request(command.naturalKey())
                    .ifPresent(request -> outbox.fact(
                            "billing.recharge-paid",
                            request.toString(),
                            amount.customer(),
                            Shard.of(amount.customer()),
                            new RechargePaid(request, amount.customer(), provider.name(), remoteId)));
        }
    }

    void rejected(SyncCommand command, String code, String detail) {
        if (command.command() instanceof ProviderCommand.SubmitAmount amount) {
            RechargeKey.request(command.naturalKey())
                    .ifPresent(request -> outbox.fact(
                            "billing.recharge-failed",
                            request.toString(),
                            amount.customer(),
                            Shard.of(amount.customer()),
                            new RechargeFailed(request, amount.customer(), provider.name(), code + ": " + detail)));
        }
    }
}
