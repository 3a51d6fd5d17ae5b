package dev.weir.entitlement.allowance.app;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wish to promise a customer credit, once.
 *
 * @param expiresAfter ISO 8601; null = by {@code expiresAt}, or never
 * @param from null = now
 * @param reference what several have in common; null = nothing
 */
public record MakeCredit(
        String customer,
        String unit,
        BigDecimal amount,
        int priority,
        @Nullable String expiresAfter,
        @Nullable Instant expiresAt,
        @Nullable Instant from,
        @Nullable String reference,
        String reason,
        String author) {}
