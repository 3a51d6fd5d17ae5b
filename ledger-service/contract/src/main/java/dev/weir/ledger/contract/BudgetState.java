package dev.weir.ledger.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's budget in one billing period: the state {@code ledger.budget.v1} (aggregate id = {@link #budget}, aggregate
 * version = {@link #version}; shard of the root).
 *
 * @param amount the cap, in major units
 * @param soft what exceeds it is allowed and told, not refused
 * @param charges by {@link BudgetMoney} they say what is charged, and what may be
 * @param exceededAt when it was first exceeded; null = it was not
 */
public record BudgetState(
        UUID budget,
        String root,
        UUID subscription,
        String plan,
        Instant periodFrom,
        Instant periodTo,
        BigDecimal amount,
        String currency,
        boolean soft,
        List<BudgetCharge> charges,
        @Nullable Instant exceededAt,
        long version) {
    public BudgetState {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        charges = charges == null ? List.of() : List.copyOf(charges);
    }
}
