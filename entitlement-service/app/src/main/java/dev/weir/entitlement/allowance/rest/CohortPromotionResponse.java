package dev.weir.entitlement.allowance.rest;

import dev.weir.entitlement.allowance.domain.CohortPromotion;
import dev.weir.entitlement.allowance.domain.CohortReach;
import dev.weir.entitlement.allowance.domain.Grant;
import dev.weir.entitlement.allowance.domain.PromotionBody;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion of a cohort.
 *
 * @param feature with {@code entitlement}; or {@code credits} are there
 * @param reach how many have it, have lost it, and were refused it
 */
public record CohortPromotionResponse(
        UUID id,
        String cohort,
        @Nullable String feature,
        @Nullable Grant entitlement,
        PromotionBody.@Nullable Credit credits,
        @Nullable Instant from,
        @Nullable Instant to,
        String reason,
        CohortReach reach,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    static CohortPromotionResponse of(CohortPromotion promotion, CohortReach reach) {
        return new CohortPromotionResponse(
                promotion.id(),
                promotion.cohort(),
                promotion.body().feature(),
                promotion.body().grant(),
                promotion.body().credit(),
                promotion.body().from(),
                promotion.to(),
                promotion.reason(),
                reach,
                promotion.createdAt(),
                promotion.createdBy(),
                promotion.endedAt(),
                promotion.endedBy());
    }
}
