package dev.weir.billing.account.app;

import dev.weir.billing.account.domain.BillingObjects;
import dev.weir.billing.account.domain.OnceFees;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.account.persistence.Begins;
import dev.weir.billing.amount.app.Amounts;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.app.SyncCommands;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Turns snapshots into commands. A snapshot whose bodies have not all arrived is planned when they have. */
@ApplicationScoped
public class AccountPlanner {
    private static final int SWEEP = 200;

    private final Accounts accounts;
    private final SyncCommands commands;
    private final DatabaseClock clock;
    private final BillingProvider provider;
    private final Begins begins;
    private final Amounts amounts;

    @Inject
    public AccountPlanner(
            Accounts accounts,
            SyncCommands commands,
            DatabaseClock clock,
            BillingProvider provider,
            Begins begins,
            Amounts amounts) {
        this.accounts = accounts;
        this.commands = commands;
        this.clock = clock;
        this.provider = provider;
        this.begins = begins;
        this.amounts = amounts;
    }

    /** Stores a snapshot and plans it if it can; within the caller's transaction. */
    public void snapshotArrived(CustomerSnapshot snapshot) {
        accounts.store(snapshot);
        plan(snapshot.customer());
    }

    /** Plans what had to wait for a body. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void planWaiting() {
        for (String customer : QuarkusTransaction.requiringNew().call(() -> accounts.unplanned(SWEEP))) {
            QuarkusTransaction.requiringNew().run(() -> plan(customer));
        }
    }

    private void plan(String customer) {
        accounts.lockUnplanned(customer).ifPresent(snapshot -> {
            HeldBodies bodies = new HeldBodies();
            if (bodies.load(snapshot)) {
                Instant now = clock.now();
                for (ProviderCommand command : BillingObjects.of(snapshot, bodies, provider::prices, now)) {
                    commands.want(command, snapshot.version());
                }
                OnceFees.of(snapshot, bodies, begins, now).forEach(amounts::bill);
                accounts.planned(customer, snapshot.version());
            }
        });
    }

    private final class HeldBodies implements Bodies {
        private final Map<String, PlanVersion> plans = new HashMap<>();
        private final Map<String, AddonVersion> addons = new HashMap<>();

        /** False when a body is missing. */
        boolean load(CustomerSnapshot snapshot) {
            for (String hash : snapshot.bodyHashes()) {
                accounts.plan(hash).ifPresent(plan -> plans.put(hash, plan));
                accounts.addon(hash).ifPresent(addon -> addons.put(hash, addon));
            }
            return snapshot.bodyHashes().stream().allMatch(hash -> plans.containsKey(hash) || addons.containsKey(hash));
        }

        @Override
        public PlanVersion plan(String hash) {
            PlanVersion plan = plans.get(hash);
            if (plan == null) {
                throw new IllegalStateException("no plan body " + hash);
            }
            return plan;
        }

        @Override
        public AddonVersion addon(String hash) {
            AddonVersion addon = addons.get(hash);
            if (addon == null) {
                throw new IllegalStateException("no add-on body " + hash);
            }
            return addon;
        }
    }
}
