package dev.weir.catalog.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a charge costs in another currency or country.
 *
 * @param country ISO 3166 alpha-2; null = wherever that currency is paid
 */
public record LocalPrice(@Nullable String country, Price price) {
    public LocalPrice {
        Objects.requireNonNull(price, "price");
    }
}
