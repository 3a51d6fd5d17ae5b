package dev.weir.entitlement.allowance.app;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An override of one customer: an entitlement, or {@code revoke: true}, which beats every other source.
 *
 * @param from now unless given
 * @param to open unless given
 */
public record OverrideRequest(
        @Nullable String feature,
        @Nullable EntitlementRequest entitlement,
        @Nullable Boolean revoke,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String reason) {}
