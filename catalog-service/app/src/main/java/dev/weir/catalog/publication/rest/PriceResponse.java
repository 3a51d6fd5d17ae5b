package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.Price;
import org.jspecify.annotations.Nullable;

/**
 * A price of a plan or add-on version.
 *
 * @param plan the plan that has it; null for an add-on's
 * @param addon the add-on that has it; null for a plan's
 * @param key the charge's key, unique in its plan or add-on
 * @param price what it costs in the country and currency that were asked for
 * @param charge the whole charge, with what it costs elsewhere
 */
public record PriceResponse(
        @Nullable String plan, @Nullable String addon, int version, String key, Price price, Charge charge) {

    static PriceResponse ofPlan(String plan, int version, Charge charge, Market market) {
        return new PriceResponse(plan, null, version, charge.key(), market.price(charge), charge);
    }

    static PriceResponse ofAddon(String addon, int version, Charge charge, Market market) {
        return new PriceResponse(null, addon, version, charge.key(), market.price(charge), charge);
    }

    /** Orders a list of prices. */
    String place() {
        return (plan == null ? "addon/" + addon : "plan/" + plan) + "/" + key;
    }

    /** Where something is bought. */
    record Market(@Nullable String currency, @Nullable String country) {

        Price price(Charge charge) {
            return charge.priceFor(currency, country);
        }
    }
}
