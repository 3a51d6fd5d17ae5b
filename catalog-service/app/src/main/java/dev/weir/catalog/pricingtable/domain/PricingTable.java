package dev.weir.catalog.pricingtable.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What anyone may be shown of the catalog in force: the plans that are PUBLIC and the add-ons that go with them.
 *
 * @param version the catalog version in force
 * @param country where is bought; null = not said
 * @param currency in which is bought, as asked for or the country's; a price that is not sold in it says its own
 * @param language of the numbers in the texts, as a BCP 47 tag; the words are English
 */
public record PricingTable(
        long version,
        Instant publishedAt,
        @Nullable String country,
        @Nullable String currency,
        String language,
        List<ProductOffer> products) {

    public PricingTable {
        products = List.copyOf(products);
    }
}
