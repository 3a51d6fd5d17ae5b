package dev.weir.gateway.engine;

import dev.weir.ledger.contract.BudgetMoney;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What HARD budgets have to say about usage that is charged; by the ledger's own function, on its state as last seen. */
final class BudgetRoom {
    private BudgetRoom() {}

    /** The budget that has no money for so much of a feature; empty = none refuses it. */
    static Optional<BudgetView> refusing(CustomerView view, Allowance allowance, long charged, Instant now) {
        UUID subscription = allowance.subscription();
        String planHash = allowance.planHash();
        if (charged == 0 || subscription == null || planHash == null) {
            return Optional.empty();
        }
        return view.budgets().stream()
                .filter(budget -> budget.subscription().equals(subscription)
                        && !now.isBefore(budget.periodFrom())
                        && now.isBefore(budget.periodTo())
                        && !budget.soft())
                .findFirst()
                .flatMap(budget -> refusing(budget, allowance, planHash, charged));
    }

    private static Optional<BudgetView> refusing(
            BudgetState budget, Allowance allowance, String planHash, long charged) {
        String feature = allowance.definition().key();
        boolean counts = budget.charges().stream()
                .anyMatch(charge -> charge.counts(feature, planHash) && charge.overageOnly() != allowance.unlimited());
        BigDecimal worst = BudgetMoney.worst(budget.charges(), feature, planHash, charged);
        if (!counts || worst.compareTo(budget.amount()) <= 0) {
            return Optional.empty();
        }
        BigDecimal certain = BudgetMoney.charged(budget.charges());
        long room = BudgetMoney.room(budget.charges(), budget.amount(), feature, planHash, charged);
        return Optional.of(new BudgetView(
                budget.budget(),
                budget.subscription(),
                budget.plan(),
                budget.amount(),
                budget.currency(),
                certain,
                BudgetMoney.worst(budget.charges()).subtract(certain),
                worst.subtract(budget.amount()),
                Atoms.decimal(room, allowance.definition().scale()),
                budget.periodTo()));
    }
}
