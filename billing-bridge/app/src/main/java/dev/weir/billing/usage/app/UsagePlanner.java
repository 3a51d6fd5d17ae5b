package dev.weir.billing.usage.app;

import dev.weir.billing.BillingConfig;
import dev.weir.billing.account.app.PayerPrices;
import dev.weir.billing.account.app.Payers;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.app.SyncCommands;
import dev.weir.billing.usage.domain.BilledUsage;
import dev.weir.billing.usage.persistence.MeteredHours;
import dev.weir.billing.usage.persistence.Windows;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.platform.kernel.Sha256;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns closed windows into usage to send. Windows bring absolute totals; what is sent is the difference to what was
 * planned before, under an identifier of its own for each revision, so that repeats and disorder do no harm.
 */
@ApplicationScoped
public class UsagePlanner {
    private static final int SWEEP = 200;

    private final Windows windows;
    private final MeteredHours hours;
    private final Accounts accounts;
    private final Payers payers;
    private final SyncCommands commands;
    private final PayerPrices prices;
    private final PriceBegins begins;
    private final RatedUsage rated;
    private final BillingProvider provider;
    private final DatabaseClock clock;
    private final BillingConfig config;

    @Inject
    public UsagePlanner(
            Windows windows,
            MeteredHours hours,
            Accounts accounts,
            Payers payers,
            SyncCommands commands,
            PayerPrices prices,
            PriceBegins begins,
            RatedUsage rated,
            BillingProvider provider,
            DatabaseClock clock,
            BillingConfig config) {
        this.windows = windows;
        this.hours = hours;
        this.accounts = accounts;
        this.payers = payers;
        this.commands = commands;
        this.prices = prices;
        this.begins = begins;
        this.rated = rated;
        this.provider = provider;
        this.clock = clock;
        this.config = config;
    }

    /** A window that ledger and metering agree on. */
    public void ledgerWindow(dev.weir.ledger.contract.WindowClosed window) {
        if (windows.store(window)) {
            planLedger(window);
        }
    }

    /** Metering's word on a window. */
    public void meteringWindow(dev.weir.metering.contract.WindowClosed window) {
        if (windows.store(window) && window.unlimited()) {
            planMetering(window);
        }
    }

    /** Plans what had to wait for a plan body. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void planWaiting() {
        List<UUID> ledger = QuarkusTransaction.requiringNew().call(() -> windows.unplannedLedger(SWEEP));
        ledger.forEach(id -> QuarkusTransaction.requiringNew().run(() -> planLedger(windows.lockLedger(id))));
        List<UUID> metering = QuarkusTransaction.requiringNew().call(() -> windows.unplannedMetering(SWEEP));
        metering.forEach(id -> QuarkusTransaction.requiringNew().run(() -> planMetering(windows.lockMetering(id))));
    }

    private void planLedger(dev.weir.ledger.contract.WindowClosed window) {
        if (plan(
                window.planHash(),
                (plan, payer) -> BilledUsage.of(window, plan, payer, prices.of(payer)),
                payers.of(window.customer(), window.subscription()))) {
            windows.ledgerPlanned(window.windowId());
        }
    }

    private void planMetering(dev.weir.metering.contract.WindowClosed window) {
        if (plan(
                window.planHash(),
                (plan, payer) -> BilledUsage.of(window, plan, payer, prices.of(payer)),
                payers.of(window.customer(), window.subscription()))) {
            windows.meteringPlanned(window.windowId());
        }
    }

    /** False while the plan's body has not arrived. A window without a plan has nothing to bill. */
    private boolean plan(
            @Nullable String planHash, BiFunction<PlanVersion, String, List<BilledUsage>> billed, String payer) {
        if (planHash == null) {
            return true;
        }
        Optional<PlanVersion> plan = accounts.plan(planHash);
        if (plan.isEmpty()) {
            return false;
        }
        List<BilledUsage> usages = billed.apply(plan.get(), payer);
        if (usages.stream().anyMatch(usage -> provider.prices(usage.price()) && !begins.known(usage))) {
            return false;
        }
        for (BilledUsage usage : usages) {
            if (provider.prices(usage.price())) {
                send(usage);
            } else {
                rated.used(usage, plan.get());
            }
        }
        return true;
    }

    private void send(BilledUsage usage) {
        Instant at = begins.countedAt(usage, usage.timestamp(clock.now()));
        MeteredHours.Planned planned = hours.plan(usage, at.truncatedTo(ChronoUnit.HOURS));
        if (planned.difference() == 0) {
            return;
        }
        hours.expect(usage, planned, config.confirmation().delay());
        boolean stays = planned.hour().equals(at.truncatedTo(ChronoUnit.HOURS));
        commands.want(
                new ProviderCommand.SubmitUsage(
                        identifier(usage),
                        usage.meter(),
                        usage.customer(),
                        planned.difference(),
                        stays ? at : planned.hour().plusSeconds(3_599)),
                usage.revision());
    }

    /** The same string serves as identifier and idempotency key's seed: error reports of Stripe quote the latter. */
    private static String identifier(BilledUsage usage) {
        return "u1."
                + Sha256.hex(usage.meter() + "|" + usage.customer() + "|" + usage.windowId() + "|" + usage.revision());
    }
}
