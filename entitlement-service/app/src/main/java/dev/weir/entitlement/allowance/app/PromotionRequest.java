package dev.weir.entitlement.allowance.app;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A promotion of a feature or of credit. What it gives of a feature competes with what the customer has, or adds to it.
 *
 * @param credits in place of feature and entitlement: issued once
 * @param from now unless given
 * @param to open unless given; of credit, when it expires
 */
public record PromotionRequest(
        @Nullable String feature,
        @Nullable EntitlementRequest entitlement,
        @Nullable CreditsRequest credits,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String reason) {}
