package dev.weir.catalog.pricingtable.rest;

import dev.weir.catalog.contract.CurrencyExponent;
import dev.weir.catalog.document.domain.Countries;
import dev.weir.catalog.pricingtable.domain.Market;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.kernel.Sha256;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What of the pricing table is asked for. */
public class PricingQuery {

    @QueryParam("product")
    @Parameter(description = "Only this product")
    @Nullable
    String product;

    @QueryParam("country")
    @Parameter(description = "ISO 3166 alpha-2: the prices of that country")
    @Nullable
    String country;

    @QueryParam("currency")
    @Parameter(description = "ISO 4217: the prices in that currency; the country's unless given")
    @Nullable
    String currency;

    /**
     * Where is bought.
     *
     * @throws Problem UNKNOWN_COUNTRY or UNKNOWN_CURRENCY
     */
    Market market(HttpHeaders headers) {
        if (country != null && !Countries.contains(country)) {
            throw refused("country", "UNKNOWN_COUNTRY", "is no ISO 3166 country of two letters");
        }
        if (currency != null && CurrencyExponent.find(currency).isEmpty()) {
            throw refused("currency", "UNKNOWN_CURRENCY", "is no ISO 4217 currency");
        }
        return Market.of(country, currency, language(headers));
    }

    /** The tag of an answer: equal questions to the same catalog have the same answer. */
    EntityTag tag(long version, Market market) {
        String question = product + "|" + market.country() + "|" + market.currency() + "|"
                + market.language().toLanguageTag();
        return new EntityTag(version + "-" + Sha256.hex(question).substring(0, 12));
    }

    private Locale language(HttpHeaders headers) {
        return headers.getAcceptableLanguages().stream()
                .filter(accepted -> !accepted.getLanguage().isEmpty()
                        && !accepted.getLanguage().equals("*"))
                .findFirst()
                .orElse(country == null ? Locale.US : Locale.of("en", country));
    }

    private static Problem refused(String parameter, String code, String why) {
        return Problem.badRequest(code, parameter + " " + why).error(parameter, code, why);
    }
}
