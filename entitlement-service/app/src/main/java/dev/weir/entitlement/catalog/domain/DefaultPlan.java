package dev.weir.entitlement.catalog.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which plan version serves customers without a subscription of a product, until the product's next row.
 *
 * @param planHash null = none does
 */
public record DefaultPlan(
        String product, Instant from, @Nullable String planHash) {}
