package dev.weir.billing.sync.app;

import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.persistence.CommandTable;
import dev.weir.platform.servicekit.events.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Where commands are asked for; they are carried out after the caller's transaction has committed. */
@ApplicationScoped
public class SyncCommands {
    private final CommandTable table;
    private final BillingProvider provider;
    private final Dispatcher dispatcher;

    @Inject
    public SyncCommands(CommandTable table, BillingProvider provider, Dispatcher dispatcher) {
        this.table = table;
        this.provider = provider;
        this.dispatcher = dispatcher;
    }

    /** The lane of a customer's usage on a meter: one call at a time, as the provider demands. */
    public static String usageLane(String customer, String meter) {
        return "usage|" + customer + "|" + meter;
    }

    /** The lane of a customer's objects: one command at a time. */
    public static String accountLane(String customer) {
        return "customer|" + customer;
    }

    /** Wants the provider to be so; nothing is written if the newest command for the object says the same. */
    public void want(ProviderCommand command, long version) {
        switch (command) {
            case ProviderCommand.UpsertCustomer customer ->
                add(customer.customer(), accountLane(customer.customer()), version, command);
            case ProviderCommand.UpsertMeter meter -> add(meter.meter(), "catalog|" + meter.meter(), 1, command);
            case ProviderCommand.UpsertPrice price -> add(price.key(), "catalog|" + price.key(), 1, command);
            case ProviderCommand.UpsertCoupon coupon -> add(coupon.key(), "catalog|" + coupon.key(), 1, command);
            case ProviderCommand.ApplySubscription subscription ->
                add(subscription.subscription(), accountLane(subscription.customer()), version, command);
            case ProviderCommand.SubmitAmount amount ->
                add(amount.identifier(), accountLane(amount.customer()), version, command);
            case ProviderCommand.SubmitUsage usage ->
                add(usage.identifier(), usageLane(usage.customer(), usage.meter()), version, command);
        }
    }

    private void add(String naturalKey, String lane, long version, ProviderCommand command) {
        if (table.add(provider.name(), naturalKey, lane, version, command)) {
            AfterCommit.run(dispatcher::wake);
        }
    }
}
