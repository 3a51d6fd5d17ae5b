package dev.weir.ledger.wallet.domain;

import dev.weir.catalog.contract.Budget;
import dev.weir.ledger.contract.BudgetCharge;
import dev.weir.platform.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A plan's budget for one subscription in one billing period, as the entitlements say.
 *
 * @param planHash of the plan version in force
 * @param charges what counts from now on, with nothing charged yet
 */
public record BudgetTerms(
        UUID subscription,
        String root,
        String plan,
        Instant periodFrom,
        Instant periodTo,
        Budget budget,
        List<BudgetCharge> charges) {
    public BudgetTerms {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(budget, "budget");
        charges = List.copyOf(charges);
    }

    /** The id of the budget in this period. */
    public UUID id() {
        return Ids.of("budget\n" + subscription + "\n" + periodFrom);
    }
}
