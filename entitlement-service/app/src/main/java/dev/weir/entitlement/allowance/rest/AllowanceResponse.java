package dev.weir.entitlement.allowance.rest;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.entitlement.allowance.domain.Allowance;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion or override.
 *
 * @param entitlement not there for a revoke
 * @param revoke only there if true
 * @param to when it ceases to hold
 * @param endedAt when someone ended it early
 */
public record AllowanceResponse(
        UUID id,
        String customer,
        String feature,
        @Nullable Entitlement entitlement,
        @Nullable Boolean revoke,
        Instant from,
        @Nullable Instant to,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {
    static AllowanceResponse of(Allowance allowance) {
        return new AllowanceResponse(
                allowance.id(),
                allowance.customer(),
                allowance.feature(),
                allowance.entitlement(),
                allowance.revoke() ? true : null,
                allowance.from(),
                allowance.end(),
                allowance.reason(),
                allowance.createdAt(),
                allowance.createdBy(),
                allowance.endedAt(),
                allowance.endedBy());
    }
}
