package dev.weir.entitlement.allowance.rest;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.entitlement.allowance.domain.Allowance;
import dev.weir.entitlement.allowance.domain.CreditPromotion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion or override.
 *
 * @param feature not there for a promotion of credit
 * @param entitlement not there for a revoke, nor for a promotion of credit
 * @param credits of a promotion of credit
 * @param revoke only there if true
 * @param to when it ceases to hold
 * @param endedAt when someone ended it early
 */
public record AllowanceResponse(
        UUID id,
        String customer,
        @Nullable String feature,
        @Nullable Entitlement entitlement,
        @Nullable Credits credits,
        @Nullable Boolean revoke,
        Instant from,
        @Nullable Instant to,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {
    /**
     * Credit promised once.
     *
     * @param reference the promotion of a cohort that it belongs to; else its own id
     */
    public record Credits(
            String unit,
            BigDecimal amount,
            int priority,
            @Nullable String expiresAfter,
            String reference) {}

    static AllowanceResponse of(CreditPromotion promised) {
        return new AllowanceResponse(
                promised.id(),
                promised.customer(),
                null,
                null,
                new Credits(
                        promised.unit(),
                        promised.amount(),
                        promised.priority(),
                        promised.expiresAfter(),
                        promised.reference()),
                null,
                promised.from(),
                promised.endedAt(),
                promised.reason(),
                promised.createdAt(),
                promised.createdBy(),
                promised.endedAt(),
                promised.endedBy());
    }

    static AllowanceResponse of(Allowance allowance) {
        return new AllowanceResponse(
                allowance.id(),
                allowance.customer(),
                allowance.feature(),
                allowance.entitlement(),
                null,
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
