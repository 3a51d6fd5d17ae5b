package dev.weir.catalog.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or add-on costs.
 *
 * @param feature the METERED feature whose usage is priced; null for a fee
 * @param price what it costs where {@code prices} has nothing nearer; see {@link #priceFor}
 * @param every ISO 8601 recurrence of a fee; null with a feature (billed each billing period), and for a fee that is due once
 * @param measure which quantity of a LEVEL feature's period is priced; null for every other charge
 * @param prices what it costs in other currencies and countries, each pair of them once, of the same model
 */
public record Charge(
        String key,
        @Nullable String feature,
        AppliesTo appliesTo,
        Price price,
        @Nullable String every,
        Billed billed,
        @Nullable Measure measure,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LocalPrice> prices) {
    public Charge {
        Objects.requireNonNull(key, "key");
        appliesTo = appliesTo == null ? AppliesTo.ALL : appliesTo;
        Objects.requireNonNull(price, "price");
        Objects.requireNonNull(billed, "billed");
        prices = prices == null ? List.of() : List.copyOf(prices);
    }

    /** A charge that costs the same everywhere. */
    public Charge(
            String key,
            @Nullable String feature,
            AppliesTo appliesTo,
            Price price,
            @Nullable String every,
            Billed billed,
            @Nullable Measure measure) {
        this(key, feature, appliesTo, price, every, billed, measure, List.of());
    }

    /** A charge that costs the same everywhere and is not on a LEVEL feature. */
    public Charge(
            String key,
            @Nullable String feature,
            AppliesTo appliesTo,
            Price price,
            @Nullable String every,
            Billed billed) {
        this(key, feature, appliesTo, price, every, billed, null);
    }

    /** Whether this is a fee that is due one time, when the subscription or the add-on begins. */
    public boolean once() {
        return feature == null && every == null;
    }

    /**
     * The price that a customer pays: the one of the customer's country and currency, else the one of the currency, else the
     * charge's own, whatever its currency.
     *
     * @param currency ISO 4217; null = not known: then a price of the country does, the first that stands in the document
     * @param country ISO 3166 alpha-2; null = not known
     */
    public Price priceFor(@Nullable String currency, @Nullable String country) {
        for (LocalPrice local : prices) {
            boolean inCurrency = currency == null || local.price().currency().equals(currency);
            if (country != null && inCurrency && country.equals(local.country())) {
                return local.price();
            }
        }
        if (price.currency().equals(currency)) {
            return price;
        }
        for (LocalPrice local : prices) {
            if (local.country() == null && local.price().currency().equals(currency)) {
                return local.price();
            }
        }
        return price;
    }
}
