package dev.weir.entitlement.allowance.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit promised to a customer, once, as it is on record.
 *
 * @param scale the unit's, as it was when this was made
 * @param expiresAfter ISO 8601, from {@code from} on; null = never
 * @param reference what several have in common, such as the promotion of a cohort; else the id
 * @param endedAt when someone ended it: before {@code from} it is never issued, later it stays
 */
public record CreditPromotion(
        UUID id,
        String customer,
        String unit,
        int scale,
        BigDecimal amount,
        int priority,
        @Nullable String expiresAfter,
        Instant from,
        String reference,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {}
