package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Price;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * What a customer pays for a charge: the price agreed with it, else the one of its currency and country. Whoever bills, and
 * whoever keeps a budget, must answer alike.
 */
public final class ChargedPrice {
    private ChargedPrice() {}

    /** The price of a plan's charge at an instant. */
    public static Price ofPlan(CustomerSnapshot snapshot, String plan, Charge charge, Instant at) {
        return of(snapshot, charge, override -> override.holdsForPlan(plan, charge.key(), at));
    }

    /** The price of an add-on's charge at an instant. */
    public static Price ofAddon(CustomerSnapshot snapshot, String addon, Charge charge, Instant at) {
        return of(snapshot, charge, override -> override.holdsForAddon(addon, charge.key(), at));
    }

    private static Price of(CustomerSnapshot snapshot, Charge charge, Predicate<PriceOverridePart> holds) {
        return snapshot.priceOverrides().stream()
                .filter(holds)
                .max(Comparator.comparing(PriceOverridePart::from)
                        .thenComparing(part -> part.id().toString()))
                .map(PriceOverridePart::price)
                .orElseGet(() -> charge.priceFor(snapshot.currency(), snapshot.country()));
    }
}
