package dev.weir.catalog.pricingtable.domain;

import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where and how is bought.
 *
 * @param country ISO 3166 alpha-2; null = not said
 * @param currency ISO 4217; null = not said and not known
 * @param language how numbers are written
 */
public record Market(@Nullable String country, @Nullable String currency, Locale language) {

    /** A market; where no currency is asked for, the country's is meant. */
    public static Market of(@Nullable String country, @Nullable String currency, Locale language) {
        return new Market(country, currency == null ? currencyOf(country) : currency, language);
    }

    private static @Nullable String currencyOf(@Nullable String country) {
        if (country == null) {
            return null;
        }
        // A territory without a currency of its own has none here.
        Currency currency = Currency.getInstance(Locale.of("", country));
        return currency == null ? null : currency.getCurrencyCode();
    }
}
