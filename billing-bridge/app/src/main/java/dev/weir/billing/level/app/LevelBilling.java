package dev.weir.billing.level.app;

import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.amount.app.Amounts;
import dev.weir.billing.amount.domain.BilledAmount;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.entitlement.contract.ChargedPrice;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.metering.contract.LevelMeasured;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Bills charges on levels: once for each period, when it was measured; the difference when it was measured again. */
@ApplicationScoped
public class LevelBilling {
    private final Accounts accounts;
    private final Amounts amounts;

    @Inject
    public LevelBilling(Accounts accounts, Amounts amounts) {
        this.accounts = accounts;
        this.amounts = amounts;
    }

    /** A period was measured; within the caller's transaction. */
    public void measured(LevelMeasured measured) {
        String name;
        List<Charge> charges;
        if (measured.addon()) {
            AddonVersion addon = accounts.addon(measured.ownerHash()).orElseThrow(() -> missing(measured));
            name = addon.name();
            charges = addon.charges();
        } else {
            PlanVersion plan = accounts.plan(measured.ownerHash()).orElseThrow(() -> missing(measured));
            name = plan.name();
            charges = plan.charges();
        }
        Charge charge = charges.stream()
                .filter(candidate -> candidate.key().equals(measured.charge()))
                .findFirst()
                .orElseThrow(() -> missing(measured));
        Price price = price(measured, charge);
        BigDecimal amount =
                PriceRating.rate(price, measured.quantity(), null, 0).amount();
        amounts.bill(new BilledAmount(
                "level|" + measured.measurement(),
                measured.customer(),
                measured.subscription(),
                measured.feature(),
                charge.key(),
                name + ": " + charge.key() + " ("
                        + measured.quantity().stripTrailingZeros().toPlainString() + " " + measured.feature() + ")",
                measured.quantity(),
                amount,
                price.currency(),
                measured.periodFrom(),
                measured.to()));
    }

    /** The price of the period's end, whose plan version bills it. */
    private Price price(LevelMeasured measured, Charge charge) {
        CustomerSnapshot snapshot = accounts.snapshot(measured.customer()).orElse(null);
        if (snapshot == null) {
            return charge.price();
        }
        Instant at = Objects.requireNonNull(measured.to()).minusNanos(1_000);
        return measured.addon()
                ? ChargedPrice.ofAddon(snapshot, measured.owner(), charge, at)
                : ChargedPrice.ofPlan(snapshot, measured.owner(), charge, at);
    }

    private static IllegalStateException missing(LevelMeasured measured) {
        return new IllegalStateException("the body of " + measured.owner() + "@" + measured.ownerVersion()
                + " with charge " + measured.charge() + " is not here");
    }
}
