package dev.weir.gateway.engine;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceLine;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.catalog.contract.RatedPrice;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.PriceOverridePart;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.gateway.engine.Estimate.MoneyCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What more usage adds to the bill, by the charges that the billing bridge bills: overage of a limit, and all usage of an
 * unlimited feature, by the plan version that the usage belongs to. Usage is priced by the period's total, so the price of
 * more is the difference of two totals.
 */
final class UsagePrice {
    private UsagePrice() {}

    /**
     * The price of more overage; null = nothing prices it.
     *
     * @param before the period's overage so far, held overage included
     */
    static @Nullable MoneyCost overage(
            CustomerView view,
            String feature,
            @Nullable String resource,
            Instant at,
            BigDecimal before,
            BigDecimal more) {
        return price(view, feature, resource, at, AppliesTo.OVERAGE, before, more);
    }

    /** The price of more usage of an unlimited feature; null = nothing prices it. */
    static @Nullable MoneyCost payAsYouGo(
            CustomerView view,
            String feature,
            @Nullable String resource,
            Instant at,
            @Nullable BigDecimal before,
            BigDecimal more) {
        return price(view, feature, resource, at, AppliesTo.ALL, before == null ? BigDecimal.ZERO : before, more);
    }

    private static @Nullable MoneyCost price(
            CustomerView view,
            String feature,
            @Nullable String resource,
            Instant at,
            AppliesTo appliesTo,
            BigDecimal before,
            BigDecimal more) {
        ResolvedFeature resolved = Resolution.feature(view.snapshot(), view.bodies(), feature, resource, at)
                .orElse(null);
        // Whom a default plan serves has subscribed to nothing and is billed for nothing.
        if (resolved == null || resolved.planHash() == null || SubscriptionPart.isDefault(resolved.subscription())) {
            return null;
        }
        PlanVersion plan = view.bodies().plan(resolved.planHash());
        MoneyCost sum = null;
        for (Charge charge : plan.charges()) {
            if (!feature.equals(charge.feature()) || charge.appliesTo() != appliesTo) {
                continue;
            }
            Price price = price(view.snapshot(), plan, charge, at);
            // A bill is in one currency; a charge in another one is on another bill.
            if (sum == null || sum.currency().equals(price.currency())) {
                sum = plus(sum, price, before, more);
            }
        }
        return sum;
    }

    /** What was agreed with the customer, else what its country and currency pay. */
    private static Price price(CustomerSnapshot customer, PlanVersion plan, Charge charge, Instant at) {
        return customer.priceOverrides().stream()
                .filter(agreed -> agreed.holdsForPlan(plan.plan(), charge.key(), at))
                .max(Comparator.comparing(PriceOverridePart::from))
                .map(PriceOverridePart::price)
                .orElseGet(() -> charge.priceFor(customer.currency(), customer.country()));
    }

    private static MoneyCost plus(@Nullable MoneyCost sum, Price price, BigDecimal before, BigDecimal more) {
        // Below zero stand corrections that are not settled yet; no price model knows such a quantity.
        BigDecimal from = before.max(BigDecimal.ZERO);
        RatedPrice without = PriceRating.rate(price, from, null, 0);
        RatedPrice with = PriceRating.rate(price, from.add(more), null, 0);
        BigDecimal amount = with.amount().subtract(without.amount());
        BigDecimal unrounded = exact(with).subtract(exact(without));
        return sum == null
                ? new MoneyCost(amount, unrounded, price.currency())
                : new MoneyCost(sum.amount().add(amount), sum.unrounded().add(unrounded), sum.currency());
    }

    private static BigDecimal exact(RatedPrice rated) {
        return rated.lines().stream().map(PriceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
