package dev.weir.entitlement.allowance.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A promotion: what it gives competes with what the customer has, or adds to it.
 *
 * @param from now unless given
 * @param to open unless given
 */
public record PromotionRequest(
        @Nullable String feature,
        @Nullable EntitlementRequest entitlement,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String reason) {}
