package dev.weir.billing.usage.domain;

import dev.weir.billing.account.domain.ChargePrices;
import dev.weir.billing.account.domain.MeterName;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.entitlement.contract.SubscriptionPart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be billed of one window by one charge: an absolute total. The bridge bills overage from ledger windows and
 * pay-as-you-go on unlimited features from metering windows, and nothing else.
 *
 * @param customer the payer
 * @param price what the payer pays
 * @param priceKey natural key of the price at the provider
 * @param quantity atoms of 10^-scale
 * @param until the window's end
 */
public record BilledUsage(
        UUID windowId,
        long revision,
        String customer,
        String feature,
        String charge,
        String meter,
        Price price,
        @Nullable UUID subscription,
        String priceKey,
        int scale,
        Instant start,
        Instant until,
        long quantity) {
    /**
     * From a window that ledger and metering agree on.
     *
     * @param prices what the payer pays for a charge of the plan
     */
    public static List<BilledUsage> of(
            dev.weir.ledger.contract.WindowClosed window, PlanVersion plan, String payer, ChargePrices prices) {
        return charges(plan, window.subscription(), window.feature(), AppliesTo.OVERAGE).stream()
                .map(charge -> new BilledUsage(
                        window.windowId(),
                        window.revision(),
                        payer,
                        window.feature(),
                        charge.key(),
                        meter(plan, charge, prices.of(plan, charge, window.start())),
                        prices.of(plan, charge, window.start()),
                        window.subscription(),
                        priceKey(plan, charge, prices.of(plan, charge, window.start())),
                        window.scale(),
                        window.start(),
                        window.end(),
                        window.overage()))
                .toList();
    }

    /** From a window of an unlimited feature. */
    public static List<BilledUsage> of(
            dev.weir.metering.contract.WindowClosed window, PlanVersion plan, String payer, ChargePrices prices) {
        return charges(plan, window.subscription(), window.feature(), AppliesTo.ALL).stream()
                .map(charge -> new BilledUsage(
                        window.windowId(),
                        window.revision(),
                        payer,
                        window.feature(),
                        charge.key(),
                        meter(plan, charge, prices.of(plan, charge, window.start())),
                        prices.of(plan, charge, window.start()),
                        window.subscription(),
                        priceKey(plan, charge, prices.of(plan, charge, window.start())),
                        window.scale(),
                        window.start(),
                        window.end(),
                        Math.subtractExact(window.metered(), window.unpriced())))
                .toList();
    }

    /** The same, counted on another meter. */
    public BilledUsage on(String otherMeter) {
        return new BilledUsage(
                windowId,
                revision,
                customer,
                feature,
                charge,
                otherMeter,
                price,
                subscription,
                priceKey,
                scale,
                start,
                until,
                quantity);
    }

    /** The UTC hour in which the provider counts it. */
    public Instant hour() {
        return start.truncatedTo(ChronoUnit.HOURS);
    }

    /** The instant to put on usage sent now: inside the window, never in the future. */
    public Instant timestamp(Instant now) {
        Instant last = until.minusSeconds(1);
        Instant at = last.isAfter(now) ? now : last;
        return at.isBefore(start) ? start : at;
    }

    private static String priceKey(PlanVersion plan, Charge charge, Price price) {
        return MeterName.price(plan.plan(), plan.version(), charge.key(), MeterName.variant(charge, price));
    }

    private static String meter(PlanVersion plan, Charge charge, Price price) {
        return MeterName.of(plan.plan(), plan.version(), charge.key(), MeterName.variant(charge, price));
    }

    private static List<Charge> charges(
            PlanVersion plan, @Nullable UUID subscription, String feature, AppliesTo appliesTo) {
        if (SubscriptionPart.isDefault(subscription)) {
            return List.of(); // Nobody subscribed, so there is nobody to bill.
        }
        return plan.charges().stream()
                .filter(charge ->
                        feature.equals(charge.feature()) && charge.appliesTo() == appliesTo && charge.measure() == null)
                .toList();
    }
}
