package dev.weir.gateway.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * The budget that refuses a use: what a subscription's billing period may cost in money. In major units.
 *
 * @param charged what is charged for certain
 * @param held what open reservations may cost on top
 * @param shortBy by how much the use would exceed it
 * @param room how much of the feature it still has money for
 * @param resetAt when the next period begins
 */
public record BudgetView(
        UUID id,
        UUID subscription,
        String plan,
        BigDecimal amount,
        String currency,
        BigDecimal charged,
        BigDecimal held,
        BigDecimal shortBy,
        BigDecimal room,
        Instant resetAt) {}
