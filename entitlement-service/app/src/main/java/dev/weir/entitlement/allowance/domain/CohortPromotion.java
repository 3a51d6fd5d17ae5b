package dev.weir.entitlement.allowance.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion for whoever belongs to a cohort while it runs. Every member gets a promotion of its own; one who leaves loses it
 * and does not get it again.
 *
 * @param body what each member gets
 * @param to null = open
 */
public record CohortPromotion(
        UUID id,
        String cohort,
        PromotionBody body,
        @Nullable Instant to,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {}
