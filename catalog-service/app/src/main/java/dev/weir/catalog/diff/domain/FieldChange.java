package dev.weir.catalog.diff.domain;

import org.jspecify.annotations.Nullable;

/**
 * A member that is different.
 *
 * @param path inside the thing: {@code charges.api-overage.price.tiers[0].unitPrice}
 * @param from null where there was none
 * @param to null where there is none any more
 */
public record FieldChange(
        String path, @Nullable String from, @Nullable String to) {}
