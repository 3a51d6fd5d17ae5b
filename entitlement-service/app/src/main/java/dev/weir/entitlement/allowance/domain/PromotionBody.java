package dev.weir.entitlement.allowance.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion gives, before it is made for a customer: a feature with its grant, or credit.
 *
 * @param grant with {@code feature}
 * @param from null = when a member gets it
 */
public record PromotionBody(
        @Nullable String feature,
        @Nullable Grant grant,
        @Nullable Credit credit,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Credit, once. */
    public record Credit(
            String unit,
            BigDecimal amount,
            int priority,
            @Nullable String expiresAfter) {}
}
