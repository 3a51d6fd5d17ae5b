package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.Price;
import org.jspecify.annotations.Nullable;

/**
 * What is charged.
 *
 * @param feature whose usage is priced; null for a fee
 * @param every of a recurring fee
 * @param price the one of the country and currency; its {@code currency} may be another where it is not sold in that one
 * @param text in words, its amounts written as in the language
 */
public record ChargeOffer(
        String key,
        @Nullable String feature,
        boolean once,
        @Nullable String every,
        Billed billed,
        AppliesTo appliesTo,
        @Nullable Measure measure,
        Price price,
        String text) {}
