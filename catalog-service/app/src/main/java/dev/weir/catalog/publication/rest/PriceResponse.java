package dev.weir.catalog.publication.rest;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CurrencyExponent;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.document.domain.Countries;
import dev.weir.platform.kernel.Problem;
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

        /**
         * Where something is bought, as asked for.
         *
         * @throws Problem UNKNOWN_CURRENCY or UNKNOWN_COUNTRY
         */
        static Market of(@Nullable String currency, @Nullable String country) {
            if (currency != null && CurrencyExponent.find(currency).isEmpty()) {
                throw refused("currency", "UNKNOWN_CURRENCY", "is no ISO 4217 currency");
            }
            if (country != null && !Countries.contains(country)) {
                throw refused("country", "UNKNOWN_COUNTRY", "is no ISO 3166 country of two letters");
            }
            return new Market(currency, country);
        }

        private static Problem refused(String parameter, String code, String why) {
            return Problem.badRequest(code, parameter + " " + why).error(parameter, code, why);
        }

        Price price(Charge charge) {
            return charge.priceFor(currency, country);
        }
    }
}
