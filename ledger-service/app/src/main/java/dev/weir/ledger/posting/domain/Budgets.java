package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.contract.BudgetExceeded;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.UsageBooking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds usage against the money that a period may cost. What is asked before is refused by a HARD budget; what is told
 * afterwards becomes overrun where it was overage, up to what the budget has money for.
 */
final class Budgets {
    private final BatchState state;
    private final Entitlements entitlements;
    private final Instant now;

    Budgets(BatchState state, Entitlements entitlements, Instant now) {
        this.state = state;
        this.entitlements = entitlements;
        this.now = now;
    }

    /** How much overage of a use that is told now the budget of its time has money for. */
    BudgetRoom room(String customer, Terms by, Instant at) {
        BudgetBook budget = of(customer, by, at).orElse(null);
        String planHash = by.planHash();
        if (budget == null || budget.soft() || planHash == null || !budget.counts(by.feature(), planHash, true)) {
            return BudgetRoom.UNBOUNDED;
        }
        return quantity -> budget.room(by.feature(), planHash, quantity);
    }

    /** Refuses to hold what a HARD budget has no money for. */
    Optional<Denial.Money> refuses(String customer, Terms by, long quantity) {
        BudgetBook budget = of(customer, by, now).orElse(null);
        String planHash = by.planHash();
        if (budget == null
                || budget.soft()
                || planHash == null
                || quantity == 0
                || !budget.counts(by.feature(), planHash, by.limited())) {
            return Optional.empty();
        }
        var worst = budget.worst(by.feature(), planHash, quantity);
        if (worst.compareTo(budget.amount()) <= 0) {
            return Optional.empty();
        }
        BudgetState as = budget.state();
        return Optional.of(new Denial.Money(
                as.budget(),
                as.subscription(),
                as.plan(),
                as.amount(),
                as.currency(),
                budget.charged(),
                budget.worst().subtract(budget.charged()),
                worst.subtract(budget.amount()),
                budget.room(by.feature(), planHash, quantity),
                as.periodTo()));
    }

    /** Counts what a reservation holds against the budget in which it was made. */
    void hold(Hold hold, long quantity) {
        Terms by = hold.terms();
        String planHash = by.planHash();
        if (planHash == null || quantity == 0) {
            return;
        }
        UUID known = hold.budget();
        BudgetBook budget = known != null
                ? state.budget(known)
                : of(hold.customer(), by, now).orElse(null);
        if (budget != null && budget.counts(by.feature(), planHash, by.limited())) {
            budget.hold(by.feature(), planHash, by.limited(), quantity);
            hold.budgeted(budget.id(), Math.addExact(hold.budgetHeld(), quantity));
        }
    }

    /** Counts what operations have booked, lets go what closed reservations held, and tells of budgets exceeded. */
    void follow(List<UsageBooking> bookings, List<SettledUsage> settled) {
        if (state.budgets().isEmpty()) {
            return;
        }
        for (UsageBooking booking : bookings) {
            String planHash = booking.planHash();
            if (booking.overage() != 0 && planHash != null) {
                terms(booking.customer(), booking.subscription(), booking.windowStart())
                        .ifPresent(budget -> budget.charge(booking.feature(), planHash, true, booking.overage()));
            }
        }
        for (SettledUsage usage : settled) {
            Terms by = usage.hold().terms();
            String planHash = by.planHash();
            if (by.type() == FeatureType.METERED && !by.limited() && !usage.alreadyCharged() && planHash != null) {
                terms(usage.hold().customer(), by.subscription(), usage.effectiveAt())
                        .ifPresent(budget -> budget.charge(by.feature(), planHash, false, usage.quantity()));
            }
        }
        state.holds().stream()
                .filter(hold -> hold.budgetHeld() > 0 && !hold.state().open())
                .toList()
                .forEach(this::letGo);
        for (BudgetBook budget : state.budgets()) {
            if (budget.exceedsNow(now)) {
                BudgetState as = budget.state();
                state.exceeded()
                        .add(new BudgetExceeded(
                                as.budget(),
                                as.root(),
                                as.subscription(),
                                as.plan(),
                                as.periodFrom(),
                                as.periodTo(),
                                as.amount(),
                                as.currency(),
                                budget.worst(),
                                as.soft(),
                                now));
            }
        }
    }

    private void letGo(Hold hold) {
        UUID id = hold.budget();
        BudgetBook budget = id == null ? null : state.budget(id);
        String planHash = hold.terms().planHash();
        if (id != null && budget != null && planHash != null) {
            budget.hold(hold.terms().feature(), planHash, hold.terms().limited(), -hold.budgetHeld());
            hold.budgeted(id, 0);
        }
    }

    private Optional<BudgetBook> of(String customer, Terms by, Instant at) {
        return terms(customer, by.subscription(), at);
    }

    private Optional<BudgetBook> terms(String customer, @Nullable UUID subscription, Instant at) {
        if (subscription == null || state.budgets().isEmpty()) {
            return Optional.empty();
        }
        return entitlements
                .budget(customer, subscription, at)
                .map(BudgetTerms::id)
                .map(state::budget);
    }
}
