package dev.weir.metering.window.app;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.catalog.contract.Measure;
import dev.weir.metering.MeteringConfig;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.metering.customer.app.CustomerService.SnapshotApplied;
import dev.weir.metering.meter.domain.Quantities;
import dev.weir.metering.window.app.LevelRows.Before;
import dev.weir.metering.window.app.LevelRows.Moved;
import dev.weir.metering.window.app.LevelRows.Watched;
import dev.weir.metering.window.domain.LevelCharge;
import dev.weir.metering.window.domain.LevelCharges;
import dev.weir.metering.window.domain.LevelCurve;
import dev.weir.metering.window.domain.LevelCurve.Step;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures levels for the charges on them: when the watermark has passed the end of a billing period, and again whenever usage of
 * it changes. A level is what is in use at a time: what was reported last, by the meter's own rule, and what reservations
 * settled on top, of the root and of all who draw on its wallets.
 */
@ApplicationScoped
public class LevelMeter {
    private static final int AT_ONCE = 50;

    private final LevelRows rows;
    private final CatalogReadModel catalog;
    private final Outbox outbox;
    private final DatabaseClock clock;
    private final MeteringConfig config;

    LevelMeter(LevelRows rows, CatalogReadModel catalog, Outbox outbox, DatabaseClock clock, MeteringConfig config) {
        this.rows = rows;
        this.catalog = catalog;
        this.outbox = outbox;
        this.clock = clock;
        this.config = config;
    }

    void onSnapshot(@Observes SnapshotApplied applied) {
        List<LevelCharge> charges = LevelCharges.of(applied.snapshot(), catalog);
        if (!charges.isEmpty()) {
            rows.watch(charges);
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measureInBackground() {
        if (config.worker().enabled()) {
            int measured;
            do {
                measured = measureDue();
            } while (measured == AT_ONCE);
        }
    }

    /** Measures what the watermark has passed; answers how many parts. */
    public int measureDue() {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<Watched> due = rows.due(clock.now().minus(config.watermark().lateness()), AT_ONCE);
            due.forEach(this::measure);
            return due.size();
        });
    }

    private void measure(Watched watched) {
        LevelCharge charge = watched.charge();
        LevelCharge.Part part = charge.partAt(watched.measuredTo());
        // Of the versions that a period saw, the last one bills its maximum; each bills its own share of the time.
        boolean left = charge.replaced() && part.to().isBefore(part.periodTo());
        if (part.from().isBefore(part.to()) && !(left && maximum(charge.measure()))) {
            tell(charge, part);
        }
        Instant activeTo = charge.activeTo();
        boolean over = activeTo != null && !part.to().isBefore(activeTo);
        rows.measured(charge, part.to(), over ? null : charge.partAt(part.to()).to());
    }

    private static boolean maximum(String measure) {
        return measure.equals(Measure.MAX_IN_PERIOD.name());
    }

    private void tell(LevelCharge charge, LevelCharge.Part part) {
        LevelMeasured measured = measurement(charge, part);
        LevelMeasured known = rows.measurement(measured.measurement());
        if (known == null || !same(known, measured)) {
            publish(revised(measured, known == null ? 1 : known.revision() + 1));
        }
    }

    private LevelMeasured measurement(LevelCharge charge, LevelCharge.Part part) {
        boolean maximum = maximum(charge.measure());
        Instant whole =
                charge.subscribedFrom().isAfter(part.periodFrom()) ? charge.subscribedFrom() : part.periodFrom();
        Instant from = maximum ? whole : part.from();
        LevelCurve curve = curve(charge.root(), charge.feature(), charge.resource(), charge.scale(), from, part.to());
        long periodTime = LevelCurve.micros(part.periodFrom(), part.periodTo());
        BigDecimal quantity = maximum
                ? BigDecimal.valueOf(curve.maximum(), charge.scale())
                : LevelCurve.weighted(curve.levelTime(), periodTime, charge.scale(), LevelMeasured.DECIMALS);
        return new LevelMeasured(
                LevelMeasured.id(charge.subscription(), charge.ownerHash(), charge.charge(), part.periodFrom()),
                charge.customer(),
                charge.root(),
                charge.subscription(),
                charge.feature(),
                charge.resource(),
                charge.charge(),
                charge.owner(),
                charge.ownerVersion(),
                charge.ownerHash(),
                charge.addon(),
                charge.measure(),
                part.periodFrom(),
                part.periodTo(),
                from,
                part.to(),
                0,
                charge.scale(),
                curve.maximum(),
                curve.levelTime(),
                periodTime,
                quantity);
    }

    /** Windows have changed: what was measured over them, or after them, may be another now. */
    void changed(Collection<UsageWindow> windows) {
        Map<String, Instant> firstByRoot = windows.stream()
                .collect(Collectors.toMap(
                        window -> window.frame().root(),
                        window -> window.frame().start(),
                        (one, other) -> one.isBefore(other) ? one : other));
        Instant first = firstByRoot.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
        Set<String> features =
                windows.stream().map(window -> window.frame().feature()).collect(Collectors.toUnmodifiableSet());
        if (firstByRoot.isEmpty()) {
            return;
        }
        rows.measurements(firstByRoot.keySet(), features, first).stream()
                .filter(known -> known.to().isAfter(firstByRoot.getOrDefault(known.root(), Instant.MAX)))
                .forEach(this::again);
    }

    private void again(LevelMeasured known) {
        LevelCurve curve =
                curve(known.root(), known.feature(), known.resource(), known.scale(), known.from(), known.to());
        BigDecimal quantity = maximum(known.measure())
                ? BigDecimal.valueOf(curve.maximum(), known.scale())
                : LevelCurve.weighted(curve.levelTime(), known.periodTime(), known.scale(), LevelMeasured.DECIMALS);
        LevelMeasured now = with(known, known.revision() + 1, curve, quantity);
        if (!same(known, now)) {
            publish(now);
        }
    }

    /** The level of a feature over a span, of a root and of all who draw on its wallets. */
    public LevelCurve curve(
            String root, String feature, @Nullable String resource, int scale, Instant from, Instant to) {
        long start = 0;
        Map<String, Long> reported = new HashMap<>();
        for (Before before : rows.before(root, feature, resource, from)) {
            start = Math.addExact(start, Math.addExact(before.reported(), before.enforced()));
            reported.put(before.customer(), before.reported());
        }
        List<Step> steps = new ArrayList<>();
        for (Moved moved : rows.moves(root, feature, resource, from, to)) {
            steps.add(new Step(moved.at(), step(moved, reported, scale)));
        }
        return new LevelCurve(from, to, start, steps);
    }

    private static long step(Moved moved, Map<String, Long> reported, int scale) {
        Aggregation aggregation = moved.aggregation();
        String value = moved.value();
        boolean reads = aggregation == Aggregation.LATEST || aggregation == Aggregation.MAX;
        if (!moved.reported() || !reads || value == null) {
            return moved.quantity();
        }
        // What such a meter reads is the level itself; a highest one only ever rises.
        long known = reported.getOrDefault(moved.customer(), 0L);
        long read = Quantities.atoms(new BigDecimal(value), scale);
        long now = aggregation == Aggregation.MAX ? Math.max(known, read) : read;
        reported.put(moved.customer(), now);
        return now - known;
    }

    private void publish(LevelMeasured measured) {
        rows.keep(measured);
        outbox.state(
                "metering.level-measured",
                measured.measurement().toString(),
                measured.revision(),
                Shard.of(measured.root()),
                measured);
    }

    private static boolean same(LevelMeasured one, LevelMeasured other) {
        return one.maximum() == other.maximum()
                && one.levelTime().equals(other.levelTime())
                && one.to().equals(other.to())
                && one.quantity().compareTo(other.quantity()) == 0;
    }

    private static LevelMeasured revised(LevelMeasured measured, long revision) {
        return new LevelMeasured(
                measured.measurement(),
                measured.customer(),
                measured.root(),
                measured.subscription(),
                measured.feature(),
                measured.resource(),
                measured.charge(),
                measured.owner(),
                measured.ownerVersion(),
                measured.ownerHash(),
                measured.addon(),
                measured.measure(),
                measured.periodFrom(),
                measured.periodTo(),
                measured.from(),
                measured.to(),
                revision,
                measured.scale(),
                measured.maximum(),
                measured.levelTime(),
                measured.periodTime(),
                measured.quantity());
    }

    private static LevelMeasured with(LevelMeasured known, long revision, LevelCurve curve, BigDecimal quantity) {
        return new LevelMeasured(
                known.measurement(),
                known.customer(),
                known.root(),
                known.subscription(),
                known.feature(),
                known.resource(),
                known.charge(),
                known.owner(),
                known.ownerVersion(),
                known.ownerHash(),
                known.addon(),
                known.measure(),
                known.periodFrom(),
                known.periodTo(),
                known.from(),
                known.to(),
                revision,
                known.scale(),
                curve.maximum(),
                curve.levelTime(),
                known.periodTime(),
                quantity);
    }
}
