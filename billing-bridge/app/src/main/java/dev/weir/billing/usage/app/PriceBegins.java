package dev.weir.billing.usage.app;

import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import dev.weir.billing.sync.app.SyncCommands;
import dev.weir.billing.sync.persistence.CommandTable;
import dev.weir.billing.sync.persistence.RemoteObjects;
import dev.weir.billing.usage.domain.BilledUsage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/**
 * From when the provider bills usage by a price of a subscription. A price that is added to a running subscription bills from then
 * on, so usage from before is counted at its begin: it is billed in full, at its own price. Call within a transaction.
 */
@ApplicationScoped
public class PriceBegins {
    private final RemoteObjects remote;
    private final CommandTable commands;
    private final Accounts accounts;

    @Inject
    public PriceBegins(RemoteObjects remote, CommandTable commands, Accounts accounts) {
        this.remote = remote;
        this.commands = commands;
        this.accounts = accounts;
    }

    /** Whether it is known, or will not be known better: while the subscription is on its way to the provider, usage waits. */
    public boolean known(BilledUsage usage) {
        return usage.subscription() == null
                || begin(usage).isPresent()
                || accounts.planned(usage.customer()) && !commands.busy(SyncCommands.accountLane(usage.customer()));
    }

    /** The instant at which the provider is to count usage: not before its price bills. */
    public Instant countedAt(BilledUsage usage, Instant at) {
        return begin(usage).filter(begin -> begin.isAfter(at)).orElse(at);
    }

    private Optional<Instant> begin(BilledUsage usage) {
        return remote.find(Kind.ITEM, usage.subscription() + "|" + usage.priceKey())
                .map(Instant::parse);
    }
}
