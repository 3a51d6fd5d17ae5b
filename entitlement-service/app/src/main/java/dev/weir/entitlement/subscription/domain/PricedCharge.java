package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.PriceOverridePart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A charge as one customer pays it.
 *
 * @param addon whose charge it is; null = the plan's
 * @param quantity of the add-on; 1 of a plan
 * @param price by currency and country of the customer, or agreed with it
 * @param priceOverride the agreement; null = there is none
 * @param amount of a fee, for each time that it is due; null for a charge on usage
 */
public record PricedCharge(
        Charge charge,
        @Nullable String addon,
        int quantity,
        Price price,
        @Nullable UUID priceOverride,
        @Nullable BigDecimal amount) {

    /** What a timeline charges a customer at an instant, by key; that of an add-on begins with the add-on's. */
    static Map<String, PricedCharge> at(CustomerSnapshot customer, Timeline timeline, Bodies bodies, Instant at) {
        Map<String, PricedCharge> charges = new TreeMap<>();
        timeline.at(at).filter(phase -> phase.kind() == PhaseKind.ACTIVE).ifPresent(phase -> {
            PlanVersion plan = bodies.plan(phase.plan().hash());
            for (Charge charge : plan.charges()) {
                Optional<PriceOverridePart> agreed =
                        latest(customer, override -> override.holdsForPlan(plan.plan(), charge.key(), at));
                charges.put(charge.key(), of(customer, charge, null, 1, agreed));
            }
            for (HeldAddon held : phase.addons()) {
                AddonVersion addon = bodies.addon(held.hash());
                for (Charge charge : addon.charges()) {
                    Optional<PriceOverridePart> agreed =
                            latest(customer, override -> override.holdsForAddon(addon.addon(), charge.key(), at));
                    charges.put(
                            addon.addon() + "/" + charge.key(),
                            of(customer, charge, addon.addon(), held.quantity(), agreed));
                }
            }
        });
        return charges;
    }

    private interface Holds {
        boolean test(PriceOverridePart override);
    }

    private static Optional<PriceOverridePart> latest(CustomerSnapshot customer, Holds holds) {
        return customer.priceOverrides().stream()
                .filter(holds::test)
                .max(Comparator.comparing(PriceOverridePart::from)
                        .thenComparing(override -> override.id().toString()));
    }

    private static PricedCharge of(
            CustomerSnapshot customer,
            Charge charge,
            @Nullable String addon,
            int quantity,
            Optional<PriceOverridePart> agreed) {
        Price price = agreed.map(PriceOverridePart::price)
                .orElseGet(() -> charge.priceFor(customer.currency(), customer.country()));
        boolean fee = charge.feature() == null && price.model() != PriceModel.PERCENTAGE;
        BigDecimal amount = fee ? fee(price, quantity) : null;
        UUID override = agreed.map(PriceOverridePart::id).orElse(null);
        return new PricedCharge(charge, addon, quantity, price, override, amount);
    }

    /** A flat fee of an add-on is due for each of it; any other model takes the quantity itself. */
    private static BigDecimal fee(Price price, int quantity) {
        BigDecimal held = BigDecimal.valueOf(quantity);
        return price.model() == PriceModel.FLAT
                ? PriceRating.rate(price, BigDecimal.ONE, null, 1).amount().multiply(held)
                : PriceRating.rate(price, held, null, 1).amount();
    }
}
