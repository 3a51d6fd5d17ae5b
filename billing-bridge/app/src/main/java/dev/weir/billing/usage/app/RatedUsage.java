package dev.weir.billing.usage.app;

import dev.weir.billing.BillingConfig;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.amount.app.Amounts;
import dev.weir.billing.amount.domain.BilledAmount;
import dev.weir.billing.usage.domain.BilledUsage;
import dev.weir.billing.usage.persistence.MeteredHours;
import dev.weir.catalog.contract.BillingCycle;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SubscriptionPart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Bills usage whose price the provider has no words for: the quantity of the billing period is rated as a whole, and billed when
 * the period is over; late usage bills the difference.
 */
@ApplicationScoped
public class RatedUsage {
    private final Accounts accounts;
    private final MeteredHours hours;
    private final Amounts amounts;
    private final BillingConfig config;

    @Inject
    public RatedUsage(Accounts accounts, MeteredHours hours, Amounts amounts, BillingConfig config) {
        this.accounts = accounts;
        this.hours = hours;
        this.amounts = amounts;
        this.config = config;
    }

    /** A window's revision; within the caller's transaction. */
    public void used(BilledUsage usage, PlanVersion plan) {
        Optional<SubscriptionPart> subscription = accounts.snapshot(usage.customer()).stream()
                .flatMap(snapshot -> snapshot.subscriptions().stream())
                .filter(part -> part.id().equals(usage.subscription()))
                .findFirst();
        if (subscription.isEmpty()) {
            throw new IllegalStateException("subscription " + usage.subscription() + " of " + usage.customer()
                    + " is not known: its usage cannot be rated by period yet");
        }
        String zone = accounts.snapshot(usage.customer())
                .map(CustomerSnapshot::timeZone)
                .orElse("UTC");
        Recurrence.Numbered period = new Recurrence(
                        subscription.get().anchor(), BillingCycle.of(plan.charges()), ZoneId.of(zone))
                .at(usage.start());
        String meter = "rated|" + usage.subscription() + "|" + usage.meter() + "|" + period.from();
        hours.plan(usage.on(meter), usage.hour());
        BigDecimal quantity = BigDecimal.valueOf(Math.max(0, hours.planned(usage.customer(), meter)), usage.scale());
        amounts.bill(
                new BilledAmount(
                        meter,
                        usage.customer(),
                        subscription.get().id(),
                        usage.feature(),
                        usage.charge(),
                        plan.name() + ": " + usage.charge() + " ("
                                + quantity.stripTrailingZeros().toPlainString() + " " + usage.feature() + ")",
                        quantity,
                        PriceRating.rate(usage.price(), quantity, null, 0).amount(),
                        usage.price().currency(),
                        period.from(),
                        period.to()),
                period.to().plus(config.amounts().settle()));
    }
}
