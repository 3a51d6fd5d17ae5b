package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.ledger.contract.BudgetCharge;
import dev.weir.ledger.contract.BudgetMoney;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.wallet.domain.BudgetTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A budget of one subscription and period under its lock: quantities by charge, from which its money follows. It is not a
 * wallet: a tier makes what a use costs depend on what else is used, so no amount of money could be pinned for one use alone.
 */
public final class BudgetBook {
    private final UUID id;
    private final Map<String, BudgetCharge> charges = new LinkedHashMap<>();
    private BudgetState state;
    private boolean changed;

    public BudgetBook(BudgetState stored) {
        this.id = stored.budget();
        this.state = stored;
        stored.charges().forEach(charge -> charges.put(key(charge), charge));
    }

    /** A budget that is not stored yet. */
    public static BudgetBook open(BudgetTerms terms) {
        BudgetBook book = new BudgetBook(new BudgetState(
                terms.id(),
                terms.root(),
                terms.subscription(),
                terms.plan(),
                terms.periodFrom(),
                terms.periodTo(),
                terms.budget().amount(),
                terms.budget().currency(),
                terms.budget().onLimit() == OnLimit.SOFT,
                List.of(),
                null,
                0));
        book.turn(terms);
        return book;
    }

    public UUID id() {
        return id;
    }

    /** Lets what the entitlements say now hold; what was charged by another plan version stays. */
    public void turn(BudgetTerms terms) {
        boolean soft = terms.budget().onLimit() == OnLimit.SOFT;
        boolean same = state.amount().compareTo(terms.budget().amount()) == 0
                && state.currency().equals(terms.budget().currency())
                && state.soft() == soft
                && state.plan().equals(terms.plan());
        if (!same) {
            changed = true;
        }
        state = new BudgetState(
                id,
                state.root(),
                state.subscription(),
                terms.plan(),
                state.periodFrom(),
                state.periodTo(),
                terms.budget().amount(),
                terms.budget().currency(),
                soft,
                List.of(),
                state.exceededAt(),
                state.version());
        for (BudgetCharge charge : terms.charges()) {
            changed |= charges.putIfAbsent(key(charge), charge) == null;
        }
    }

    /** As it stands. */
    public BudgetState state() {
        return new BudgetState(
                id,
                state.root(),
                state.subscription(),
                state.plan(),
                state.periodFrom(),
                state.periodTo(),
                state.amount(),
                state.currency(),
                state.soft(),
                List.copyOf(charges.values()),
                state.exceededAt(),
                changed ? state.version() + 1 : state.version());
    }

    /** Differs from what is stored. */
    public boolean changed() {
        return changed;
    }

    boolean soft() {
        return state.soft();
    }

    BigDecimal amount() {
        return state.amount();
    }

    /** Whether usage of a feature under a plan version costs anything here. */
    boolean counts(String feature, @Nullable String planHash, boolean overage) {
        return planHash != null
                && charges.values().stream()
                        .anyMatch(charge -> charge.counts(feature, planHash) && charge.overageOnly() == overage);
    }

    /** How much more of a feature it has money for. */
    long room(String feature, String planHash, long wanted) {
        return BudgetMoney.room(List.copyOf(charges.values()), state.amount(), feature, planHash, wanted);
    }

    /** What is charged, and what open reservations may add to it. */
    BigDecimal worst() {
        return BudgetMoney.worst(List.copyOf(charges.values()));
    }

    BigDecimal worst(String feature, String planHash, long more) {
        return BudgetMoney.worst(List.copyOf(charges.values()), feature, planHash, more);
    }

    BigDecimal charged() {
        return BudgetMoney.charged(List.copyOf(charges.values()));
    }

    void hold(String feature, String planHash, boolean overage, long by) {
        move(feature, planHash, overage, 0, by);
    }

    void charge(String feature, String planHash, boolean overage, long by) {
        move(feature, planHash, overage, by, 0);
    }

    private void move(String feature, String planHash, boolean overage, long chargedBy, long heldBy) {
        if (chargedBy == 0 && heldBy == 0) {
            return;
        }
        charges.replaceAll((key, charge) -> {
            if (!charge.counts(feature, planHash) || charge.overageOnly() != overage) {
                return charge;
            }
            changed = true;
            return charge.with(
                    Math.addExact(charge.charged(), chargedBy), Math.max(0, Math.addExact(charge.held(), heldBy)));
        });
    }

    /** Whether it is exceeded now and was not before; then it is noted. */
    boolean exceedsNow(Instant now) {
        if (state.exceededAt() != null || worst().compareTo(state.amount()) <= 0) {
            return false;
        }
        state = new BudgetState(
                id,
                state.root(),
                state.subscription(),
                state.plan(),
                state.periodFrom(),
                state.periodTo(),
                state.amount(),
                state.currency(),
                state.soft(),
                List.of(),
                now,
                state.version());
        changed = true;
        return true;
    }

    private static String key(BudgetCharge charge) {
        return charge.planHash() + " " + charge.charge();
    }
}
