package dev.weir.billing.reconciliation.domain;

import dev.weir.billing.account.domain.ChargePrices;
import dev.weir.billing.usage.domain.BilledUsage;
import dev.weir.billing.usage.domain.MeteredHour;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.ledger.contract.WindowException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The three-way match: what metering counted, what the ledger booked, what the provider counts. Three sources, each as it was
 * told to us; no side is computed from another. Pure.
 */
public final class ThreeWayMatch {
    private ThreeWayMatch() {}

    /** The three sides of a span of time. */
    public record Sides(
            List<dev.weir.metering.contract.WindowClosed> metering,
            List<dev.weir.ledger.contract.WindowClosed> ledger,
            List<WindowException> exceptions,
            List<MeteredHour> provider) {}

    /** Who pays for a customer's usage under a subscription: the customer itself, or the ancestor that shares it. */
    @FunctionalInterface
    public interface Payers {
        /** The payer. */
        String of(String customer, @Nullable UUID subscription);
    }

    /** What payers pay, and what of it the provider has a price for: the rest is not counted there, Weir rates it itself. */
    public interface Prices {
        /** The prices of a payer. */
        ChargePrices of(String payer);

        /** Whether the provider counts usage of that price. */
        boolean atProvider(Price price);

        /** Where the provider counts a window's usage if not in its own hour, as its price began later. */
        default Optional<Elsewhere> elsewhere(UUID window, String charge) {
            return Optional.empty();
        }

        /** Everyone pays the charge's own price, and the provider has all of them. */
        Prices OWN = new Prices() {
            @Override
            public ChargePrices of(String payer) {
                return ChargePrices.OWN;
            }

            @Override
            public boolean atProvider(Price price) {
                return true;
            }
        };
    }

    /** An hour in which the provider counts usage of an earlier one, and how much of it was planned there. */
    public record Elsewhere(Instant hour, long planned) {}

    /** One row for each (payer, feature, plan version, hour) that any side knows, where everyone pays the catalog's own prices. */
    public static List<ReconciliationRow> rows(
            Sides sides, Function<String, Optional<PlanVersion>> plans, Payers payers) {
        return rows(sides, plans, payers, Prices.OWN);
    }

    /** One row for each (payer, feature, plan version, hour) that any side knows. */
    public static List<ReconciliationRow> rows(
            Sides sides, Function<String, Optional<PlanVersion>> plans, Payers payers, Prices prices) {
        Map<Key, Row> rows = new TreeMap<>(Comparator.comparing(Key::hour)
                .thenComparing(Key::customer)
                .thenComparing(Key::feature)
                .thenComparing(Key::plan)
                .thenComparing(Key::planVersion));
        Map<UUID, Row> byWindow = new HashMap<>();
        sides.metering().forEach(window -> {
            Row row = rows.computeIfAbsent(Key.of(window, payers), key -> new Row(key, prices));
            byWindow.put(window.windowId(), row);
            row.metering(window, plans);
        });
        sides.ledger().forEach(window -> {
            Row row = rows.computeIfAbsent(Key.of(window, payers), key -> new Row(key, prices));
            byWindow.put(window.windowId(), row);
            row.ledger(window, plans);
        });
        for (WindowException exception : sides.exceptions()) {
            Row row = byWindow.get(exception.windowId());
            if (row == null) {
                row = rows.computeIfAbsent(Key.of(exception, payers), key -> new Row(key, prices));
            }
            row.exception(exception);
        }
        Map<String, MeteredHour> hours = new HashMap<>();
        sides.provider().forEach(hour -> hours.put(hourKey(hour.customer(), hour.meter(), hour.hour()), hour));
        return rows.values().stream().map(row -> row.finish(hours)).toList();
    }

    private static String hourKey(String customer, String meter, Instant hour) {
        return customer + "\n" + meter + "\n" + hour;
    }

    private record Key(
            String customer, String feature, String featureType, String plan, int planVersion, Instant hour) {
        static Key of(dev.weir.metering.contract.WindowClosed window, Payers payers) {
            return key(
                    payers.of(window.customer(), window.subscription()),
                    window.feature(),
                    window.featureType(),
                    window.plan(),
                    window.planVersion(),
                    window.start());
        }

        static Key of(dev.weir.ledger.contract.WindowClosed window, Payers payers) {
            return key(
                    payers.of(window.customer(), window.subscription()),
                    window.feature(),
                    window.featureType(),
                    window.plan(),
                    window.planVersion(),
                    window.start());
        }

        static Key of(WindowException window, Payers payers) {
            return key(
                    payers.of(window.customer(), null),
                    window.feature(),
                    window.featureType(),
                    null,
                    0,
                    window.start());
        }

        private static Key key(
                String customer, String feature, String type, @Nullable String plan, int version, Instant start) {
            return new Key(
                    customer, feature, type, plan == null ? "" : plan, version, start.truncatedTo(ChronoUnit.HOURS));
        }
    }

    /** Gathers one row. */
    private static final class Row {
        private final Key key;
        private final Prices prices;
        private final Map<UUID, Long> meteringRevisions = new HashMap<>();
        private final Map<UUID, Long> meteredBy = new HashMap<>();
        private final Map<UUID, dev.weir.ledger.contract.WindowClosed> ledgerBy = new HashMap<>();
        private final List<WindowException> exceptions = new ArrayList<>();
        private final Map<String, Long> billable = new HashMap<>();
        private final Map<String, List<Elsewhere>> elsewhere = new HashMap<>();
        private long elsewhereBillable;
        private final List<dev.weir.metering.contract.WindowClosed> unlimited = new ArrayList<>();
        private long meteredUnpriced;
        private int scale;

        Row(Key key, Prices prices) {
            this.key = key;
            this.prices = prices;
        }

        void metering(dev.weir.metering.contract.WindowClosed window, Function<String, Optional<PlanVersion>> plans) {
            scale = window.scale();
            meteredBy.put(window.windowId(), window.metered());
            meteringRevisions.put(window.windowId(), window.revision());
            if (!window.unlimited()) {
                meteredUnpriced = Math.addExact(meteredUnpriced, window.unpriced());
            } else {
                unlimited.add(window);
                plan(window.planHash(), plans)
                        .ifPresent(plan -> BilledUsage.of(window, plan, key.customer(), prices.of(key.customer()))
                                .forEach(this::bill));
            }
        }

        void ledger(dev.weir.ledger.contract.WindowClosed window, Function<String, Optional<PlanVersion>> plans) {
            scale = window.scale();
            ledgerBy.put(window.windowId(), window);
            plan(window.planHash(), plans)
                    .ifPresent(plan -> BilledUsage.of(window, plan, key.customer(), prices.of(key.customer()))
                            .forEach(this::bill));
        }

        void exception(WindowException exception) {
            scale = exception.scale();
            exceptions.add(exception);
        }

        private void bill(BilledUsage usage) {
            if (!prices.atProvider(usage.price())) {
                return;
            }
            Optional<Elsewhere> other = prices.elsewhere(usage.windowId(), usage.charge())
                    .filter(counted -> !counted.hour().equals(key.hour()));
            if (other.isPresent()) {
                elsewhere
                        .computeIfAbsent(usage.meter(), meter -> new ArrayList<>())
                        .add(other.get());
                elsewhereBillable = Math.addExact(elsewhereBillable, usage.quantity());
            } else {
                billable.merge(usage.meter(), usage.quantity(), Math::addExact);
            }
        }

        private static Optional<PlanVersion> plan(
                @Nullable String hash, Function<String, Optional<PlanVersion>> plans) {
            return hash == null ? Optional.empty() : plans.apply(hash);
        }

        ReconciliationRow finish(Map<String, MeteredHour> hours) {
            Long metered = meteredBy.isEmpty() ? null : sum(meteredBy.values());
            Long ledgerMetered = ledgerMetered();
            long billableTotal = Math.addExact(sum(billable.values()), elsewhereBillable);
            Long billed = null;
            boolean waiting = false;
            boolean differs = false;
            for (String meter : billable.keySet()) {
                MeteredHour hour = hours.get(hourKey(key.customer(), meter, key.hour()));
                if (hour == null) {
                    waiting |= billable.get(meter) != 0;
                    continue;
                }
                Long provider = hour.provider();
                waiting |= provider == null || hour.state() == MeteredHour.State.OPEN;
                differs |= hour.state() == MeteredHour.State.DIFFERS;
                if (provider != null) {
                    billed = Math.addExact(billed == null ? 0 : billed, provider);
                }
            }
            for (Map.Entry<String, List<Elsewhere>> entry : elsewhere.entrySet()) {
                for (Elsewhere counted : entry.getValue()) {
                    MeteredHour hour = hours.get(hourKey(key.customer(), entry.getKey(), counted.hour()));
                    Long provider = hour == null ? null : hour.provider();
                    waiting |= provider == null || hour == null || hour.state() == MeteredHour.State.OPEN;
                    if (hour != null && provider != null) {
                        // That hour bears usage of others too: what is ours there is what was planned, if it adds up.
                        differs |= hour.state() == MeteredHour.State.DIFFERS;
                        long ours = Math.addExact(counted.planned(), provider - hour.expected());
                        billed = Math.addExact(billed == null ? 0 : billed, ours);
                    }
                }
            }
            if (billed == null && billableTotal == 0 && !billable.isEmpty()) {
                billed = 0L;
            }
            long meteringLess = metered == null || ledgerMetered == null || pendingLedger()
                    ? exceptionLess()
                    : ledgerMetered - metered;
            long billedMore = billed == null || waiting ? 0 : billed - billableTotal;
            String reason = reason(meteringLess, differs || billedMore != 0, waiting);
            RowStatus status = !exceptions.isEmpty() || meteringLess != 0 || billedMore != 0
                    ? RowStatus.EXCEPTION
                    : pendingLedger() || waiting || metered == null ? RowStatus.PENDING : RowStatus.MATCHED;
            return new ReconciliationRow(
                    key.customer(),
                    key.feature(),
                    key.featureType(),
                    key.plan().isEmpty() ? null : key.plan(),
                    key.planVersion(),
                    key.hour(),
                    scale,
                    metered,
                    ledgerMetered,
                    part(dev.weir.ledger.contract.WindowClosed::included, WindowException::included)
                            + unlimitedPriced(),
                    part(dev.weir.ledger.contract.WindowClosed::creditCovered, WindowException::creditCovered),
                    part(dev.weir.ledger.contract.WindowClosed::overage, WindowException::overage),
                    part(dev.weir.ledger.contract.WindowClosed::overrun, WindowException::overrun),
                    part(dev.weir.ledger.contract.WindowClosed::waived, WindowException::waived),
                    part(dev.weir.ledger.contract.WindowClosed::unpriced, WindowException::unpriced)
                            + unlimitedUnpriced()
                            + meteredUnpriced,
                    billableTotal,
                    billed,
                    meteringLess,
                    billedMore,
                    status,
                    status == RowStatus.MATCHED ? "" : reason);
        }

        /** The ledger's figure; for what it has no booking of (unlimited features, unpriced usage), metering's own. */
        private @Nullable Long ledgerMetered() {
            if (ledgerBy.isEmpty() && unlimited.isEmpty() && exceptions.isEmpty()) {
                return null;
            }
            return part(
                            dev.weir.ledger.contract.WindowClosed::metered,
                            exception -> exception.ledgerEnforced() + exception.ledgerReported())
                    + unlimitedPriced()
                    + unlimitedUnpriced()
                    + meteredUnpriced;
        }

        private long exceptionLess() {
            return exceptions.stream()
                    .mapToLong(exception -> exception.ledgerEnforced()
                            + exception.ledgerReported()
                            - exception.meteringEnforced()
                            - exception.meteringReported())
                    .sum();
        }

        /** Whether metering has closed a revision that the ledger has not confirmed yet. */
        private boolean pendingLedger() {
            return meteringRevisions.entrySet().stream()
                    .filter(entry -> unlimited.stream()
                            .noneMatch(window -> window.windowId().equals(entry.getKey())))
                    .anyMatch(entry -> {
                        dev.weir.ledger.contract.WindowClosed ledger = ledgerBy.get(entry.getKey());
                        return ledger == null || ledger.meteringRevision() < entry.getValue();
                    });
        }

        private String reason(long meteringLess, boolean billingDiffers, boolean waiting) {
            if (!exceptions.isEmpty()) {
                return exceptions.getFirst().reason().name();
            }
            if (meteringLess != 0) {
                return "METERING_LEDGER_DIFFER";
            }
            if (billingDiffers) {
                return "BILLED_DIFFERS";
            }
            return pendingLedger() ? "AWAITING_LEDGER" : waiting ? "AWAITING_PROVIDER" : "AWAITING_METERING";
        }

        /** A part over the row's windows; of a window with an open exception, what the ledger holds of it now. */
        private long part(
                ToLongFunction<dev.weir.ledger.contract.WindowClosed> closed, ToLongFunction<WindowException> open) {
            Set<UUID> excepted =
                    exceptions.stream().map(WindowException::windowId).collect(Collectors.toSet());
            return ledgerBy.values().stream()
                            .filter(window -> !excepted.contains(window.windowId()))
                            .mapToLong(closed)
                            .sum()
                    + exceptions.stream().mapToLong(open).sum();
        }

        private long unlimitedPriced() {
            return unlimited.stream()
                    .mapToLong(window -> window.metered() - window.unpriced())
                    .sum();
        }

        private long unlimitedUnpriced() {
            return unlimited.stream()
                    .mapToLong(dev.weir.metering.contract.WindowClosed::unpriced)
                    .sum();
        }

        private static long sum(Iterable<Long> values) {
            long total = 0;
            for (Long value : values) {
                total = Math.addExact(total, value);
            }
            return total;
        }
    }
}
