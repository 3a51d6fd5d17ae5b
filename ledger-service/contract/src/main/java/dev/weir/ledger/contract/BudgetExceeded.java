package dev.weir.ledger.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The money of a period came to more than its budget: the fact {@code ledger.budget-exceeded.v1} (event id = {@link #budget}, so
 * once in a period; shard of the root). A SOFT budget lets it happen; a HARD one only where usage was told afterwards.
 *
 * @param money charged, and held for open reservations, in major units
 */
public record BudgetExceeded(
        UUID budget,
        String root,
        UUID subscription,
        String plan,
        Instant periodFrom,
        Instant periodTo,
        BigDecimal amount,
        String currency,
        BigDecimal money,
        boolean soft,
        Instant at) {
    public BudgetExceeded {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(subscription, "subscription");
    }
}
