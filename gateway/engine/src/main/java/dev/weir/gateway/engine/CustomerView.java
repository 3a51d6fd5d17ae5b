package dev.weir.gateway.engine;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.contract.WalletState;
import dev.weir.platform.kernel.Atoms;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one customer at a moment: the snapshot, the bodies it names, its root's wallets and the catalog in
 * force. Immutable to its users; what was resolved once is remembered until its segment ends, and views that differ in
 * their wallets only share that memory.
 */
public final class CustomerView {
    private final CustomerSnapshot snapshot;
    private final Bodies bodies;
    private final Supplier<Optional<CatalogInForce>> catalog;
    private final Wallets wallets;
    private final ResolvedMemory memory;
    private final List<BudgetState> budgets;

    /**
     * @param bodies holds every body that the snapshot names
     * @param catalog the catalog in force at the time of asking; empty = not known yet
     */
    public CustomerView(
            CustomerSnapshot snapshot, Bodies bodies, Supplier<Optional<CatalogInForce>> catalog, Wallets wallets) {
        this(snapshot, bodies, catalog, wallets, new ResolvedMemory(snapshot, bodies), List.of());
    }

    private CustomerView(
            CustomerSnapshot snapshot,
            Bodies bodies,
            Supplier<Optional<CatalogInForce>> catalog,
            Wallets wallets,
            ResolvedMemory memory,
            List<BudgetState> budgets) {
        this.snapshot = snapshot;
        this.bodies = bodies;
        this.catalog = catalog;
        this.wallets = wallets;
        this.memory = memory;
        this.budgets = budgets;
    }

    /** The customer's snapshot. */
    public CustomerSnapshot snapshot() {
        return snapshot;
    }

    /** Its root's wallets. */
    public Wallets wallets() {
        return wallets;
    }

    /** This view with newer states of some wallets; the same object if none is newer. */
    public CustomerView withWallets(Collection<WalletState> states) {
        Wallets merged = wallets.merge(states);
        return merged == wallets ? this : new CustomerView(snapshot, bodies, catalog, merged, memory, budgets);
    }

    /** This view with a complete list of wallets, of which those already seen newer stay. */
    public CustomerView withCompleteWallets(Wallets complete) {
        Wallets merged = complete.merge(wallets.states());
        return new CustomerView(snapshot, bodies, catalog, merged, memory, budgets);
    }

    /** A view of a newer snapshot with the same wallets; this one if the snapshot is not newer. */
    public CustomerView withSnapshot(CustomerSnapshot newer) {
        return newer.version() <= snapshot.version()
                ? this
                : new CustomerView(newer, bodies, catalog, wallets, new ResolvedMemory(newer, bodies), budgets);
    }

    /** The budgets of its subscriptions, as last told. */
    List<BudgetState> budgets() {
        return budgets;
    }

    /** This view with newer states of some budgets; of one budget the higher version wins. The same object if none is newer. */
    public CustomerView withBudgets(Collection<BudgetState> states) {
        Map<UUID, BudgetState> merged = new LinkedHashMap<>();
        budgets.forEach(budget -> merged.put(budget.budget(), budget));
        boolean newer = false;
        for (BudgetState state : states) {
            BudgetState known = merged.get(state.budget());
            if (known == null || known.version() < state.version()) {
                merged.put(state.budget(), state);
                newer = true;
            }
        }
        return newer
                ? new CustomerView(snapshot, bodies, catalog, wallets, memory, List.copyOf(merged.values()))
                : this;
    }

    /**
     * Never before what this view already knows to have happened: a clock that lags behind the database's must not hide the
     * caller's own write.
     */
    public Instant notBefore(Instant now) {
        Instant latest = now.isBefore(snapshot.asOf()) ? snapshot.asOf() : now;
        return latest.isBefore(wallets.completeAsOf()) ? wallets.completeAsOf() : latest;
    }

    /**
     * Whether the ledger would open credit now that these wallets do not show: a recurring grant's period, or a grant that
     * began, since they were last complete.
     */
    public boolean creditDue(Instant now) {
        return memory.creditDueAfter(wallets.completeAsOf()).isBefore(now);
    }

    /** A measure of the memory this takes, in units of about 100 bytes. */
    public int weight() {
        int blocks = 0;
        for (WalletState wallet : wallets.states()) {
            blocks += 3 + 2 * wallet.blocks().size();
        }
        return 6
                + 3 * snapshot.subscriptions().size()
                + 4 * snapshot.allowances().size()
                + blocks;
    }

    @Nullable
    Allowance allowance(String feature, @Nullable String resource, Instant now) {
        return memory.allowance(feature, resource, now);
    }

    boolean subscribed(Instant now) {
        return Resolution.subscribed(snapshot, now);
    }

    /** The feature's definition in the catalog in force; null = it has none, or the catalog is not known yet. */
    @Nullable
    FeatureDefinition catalogFeature(String feature) {
        return catalog.get().map(known -> known.features().get(feature)).orElse(null);
    }

    boolean catalogKnown() {
        return catalog.get().isPresent();
    }

    Bodies bodies() {
        return bodies;
    }

    /** The scale of a credit unit without a wallet yet. */
    int creditScale(String unit) {
        for (var subscription : snapshot.subscriptions()) {
            for (SubscriptionPhase phase : subscription.phases()) {
                CreditUnit known = bodies.plan(phase.planHash()).creditUnits().get(unit);
                if (known != null) {
                    return known.scale();
                }
            }
        }
        return catalog.get()
                .map(known -> known.creditUnits().get(unit))
                .map(CreditUnit::scale)
                .orElse(CreditUnits.DEFAULT_SCALE);
    }

    /** How far a credit unit may go below zero at an instant, in atoms. */
    long overdraft(String unit, int scale, Instant now) {
        return Resolution.creditLimit(snapshot, bodies, unit, now)
                .map(CreditLimit::overdraft)
                .map(amount -> Atoms.parse(amount, scale))
                .orElse(0L);
    }
}
