package dev.weir.gateway.engine;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceLine;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.catalog.contract.RatedPrice;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.gateway.engine.Estimate.MoneyCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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
            CustomerView view, String feature, @Nullable String resource, Instant at, BigDecimal before, BigDecimal more) {
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
        MoneyCost sum = null;
        for (Charge charge : charges(view, feature, resource, at, appliesTo)) {
            CustomerSnapshot customer = view.snapshot();
            Price price = charge.priceFor(customer.currency(), customer.country());
            // A bill is in one currency; a charge in another one is on another bill.
            if (sum == null || sum.currency().equals(price.currency())) {
                sum = plus(sum, price, before, more);
            }
        }
        return sum;
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

    private static List<Charge> charges(
            CustomerView view, String feature, @Nullable String resource, Instant at, AppliesTo appliesTo) {
        ResolvedFeature resolved = Resolution.feature(view.snapshot(), view.bodies(), feature, resource, at)
                .orElse(null);
        String plan = resolved == null ? null : resolved.planHash();
        // Whom a default plan serves has subscribed to nothing and is billed for nothing.
        if (plan == null || SubscriptionPart.isDefault(resolved.subscription())) {
            return List.of();
        }
        return view.bodies().plan(plan).charges().stream()
                .filter(charge -> feature.equals(charge.feature()) && charge.appliesTo() == appliesTo)
                .toList();
    }
}
