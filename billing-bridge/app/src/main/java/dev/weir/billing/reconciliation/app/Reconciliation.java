package dev.weir.billing.reconciliation.app;

import dev.weir.billing.account.app.PayerPrices;
import dev.weir.billing.account.app.Payers;
import dev.weir.billing.account.domain.ChargePrices;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.amount.domain.AmountLine;
import dev.weir.billing.amount.persistence.AmountTable;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.reconciliation.domain.ReconciliationRow;
import dev.weir.billing.reconciliation.domain.RowStatus;
import dev.weir.billing.reconciliation.domain.ThreeWayMatch;
import dev.weir.billing.sync.persistence.CommandTable;
import dev.weir.billing.usage.domain.MeteredHour;
import dev.weir.billing.usage.persistence.MeteredHours;
import dev.weir.billing.usage.persistence.Windows;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Runs the three-way match over what the bridge has been told. */
@ApplicationScoped
public class Reconciliation {
    private final Windows windows;
    private final MeteredHours hours;
    private final Accounts accounts;
    private final Payers payers;
    private final CommandTable commands;
    private final PayerPrices prices;
    private final BillingProvider provider;
    private final AmountTable amounts;

    @Inject
    public Reconciliation(
            Windows windows,
            MeteredHours hours,
            Accounts accounts,
            Payers payers,
            CommandTable commands,
            PayerPrices prices,
            BillingProvider provider,
            AmountTable amounts) {
        this.prices = prices;
        this.provider = provider;
        this.amounts = amounts;
        this.windows = windows;
        this.hours = hours;
        this.accounts = accounts;
        this.payers = payers;
        this.commands = commands;
    }

    /**
     * How far everything has come.
     *
     * @param settled nothing is pending: what is not matched now is a difference
     */
    public record Progress(
            long rows,
            long matched,
            long pending,
            long exceptions,
            long commandsOpen,
            long commandsRejected,
            long hoursOpen,
            long hoursConfirmed,
            long hoursDiffering,
            boolean settled) {}

    /** The rows whose hour is in [from, to). */
    @Transactional
    public List<ReconciliationRow> rows(Instant from, Instant to) {
        Map<String, Optional<PlanVersion>> plans = new HashMap<>();
        Map<String, String> known = new HashMap<>();
        ThreeWayMatch.Sides sides = new ThreeWayMatch.Sides(
                windows.metering(from, to),
                windows.ledger(from, to),
                windows.openExceptions(from, to),
                hours.between(from, to));
        Set<UUID> ids = new HashSet<>();
        sides.metering().forEach(window -> ids.add(window.windowId()));
        sides.ledger().forEach(window -> ids.add(window.windowId()));
        Map<String, MeteredHours.Shifted> counted = hours.shifted(ids);
        return ThreeWayMatch.rows(
                sides,
                hash -> plans.computeIfAbsent(hash, accounts::plan),
                (customer, subscription) ->
                        known.computeIfAbsent(customer + " " + subscription, key -> payers.of(customer, subscription)),
                new ThreeWayMatch.Prices() {
                    private final Map<String, ChargePrices> byPayer = new HashMap<>();

                    @Override
                    public ChargePrices of(String payer) {
                        return byPayer.computeIfAbsent(payer, prices::of);
                    }

                    @Override
                    public boolean atProvider(Price price) {
                        return provider.prices(price);
                    }

                    @Override
                    public Optional<ThreeWayMatch.Elsewhere> elsewhere(UUID window, String charge) {
                        return Optional.ofNullable(counted.get(window + "|" + charge))
                                .map(there -> new ThreeWayMatch.Elsewhere(there.hour(), there.planned()));
                    }
                });
    }

    /** The amounts that Weir rated itself, of periods that touch [from, to). */
    @Transactional
    public List<AmountLine> amounts(Instant from, Instant to) {
        return amounts.between(from, to);
    }

    /** How far the rows whose hour is in [from, to) have come. */
    @Transactional
    public Progress progress(Instant from, Instant to) {
        List<ReconciliationRow> rows = rows(from, to);
        long pending = count(rows, RowStatus.PENDING);
        long open = commands.count(List.of("PENDING", "IN_FLIGHT", "UNKNOWN"));
        long hoursOpen = hours.count(MeteredHour.State.OPEN);
        return new Progress(
                rows.size(),
                count(rows, RowStatus.MATCHED),
                pending,
                count(rows, RowStatus.EXCEPTION),
                open,
                commands.count(List.of("REJECTED", "DEAD")),
                hoursOpen,
                hours.count(MeteredHour.State.CONFIRMED),
                hours.count(MeteredHour.State.DIFFERS),
                pending == 0 && open == 0 && hoursOpen == 0);
    }

    private static long count(List<ReconciliationRow> rows, RowStatus status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }
}
