package dev.weir.metering.window.app;

import dev.weir.metering.MeteringConfig;
import dev.weir.metering.event.app.EventRows;
import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.window.app.WindowRows.Pending;
import dev.weir.metering.window.domain.CountedUsage;
import dev.weir.metering.window.domain.CustomerModel;
import dev.weir.metering.window.domain.PeriodIncrements;
import dev.weir.metering.window.domain.Recount;
import dev.weir.metering.window.domain.UsageCounting;
import dev.weir.metering.window.domain.UsageCounting.Part;
import dev.weir.metering.window.domain.UsageWindow;
import dev.weir.metering.window.domain.WindowFrame;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Counts what waits. Whoever counts holds the customers' shards, so a window has one writer at a time; and what it does
 * follows from the events alone, so it may be done again at any time.
 */
@ApplicationScoped
public class CountingService {

    private static final Logger LOG = Logger.getLogger(CountingService.class);
    private static final int MOST_SHARDS = 64;
    private static final int TRANSACTION_SECONDS = 120;

    private final WindowRows rows;
    private final EventRows events;
    private final CustomerModels models;
    private final UsagePublisher publisher;
    private final EarlierUsage earlier;
    private final LevelMeter levels;
    private final DatabaseClock clock;
    private final MeteringConfig config;

    CountingService(
            WindowRows rows,
            EventRows events,
            CustomerModels models,
            UsagePublisher publisher,
            EarlierUsage earlier,
            LevelMeter levels,
            DatabaseClock clock,
            MeteringConfig config) {
        this.rows = rows;
        this.events = events;
        this.models = models;
        this.publisher = publisher;
        this.earlier = earlier;
        this.levels = levels;
        this.clock = clock;
        this.config = config;
    }

    /** Counts some of what waits in shards that nobody else holds; answers how much. */
    public int countSome() {
        return QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).call(() -> {
            List<Integer> waiting = rows.pendingShards(MOST_SHARDS);
            if (waiting.isEmpty()) {
                return 0;
            }
            Set<Integer> held = events.lockShards(waiting, false);
            return held.isEmpty() ? 0 : count(held);
        });
    }

    /** Counts all that waits in a shard that the current transaction holds. */
    public void countAll(int heldShard) {
        Set<Integer> held = Set.of(heldShard);
        int counted;
        do {
            counted = count(held);
        } while (counted > 0);
    }

    /** Sees to it that everything of the customer that was committed before is counted. */
    public void countCustomer(String customer) {
        if (!rows.hasPending(customer)) {
            return;
        }
        int shard = Shard.number(customer);
        QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).run(() -> {
            events.lockShards(List.of(shard), true);
            countAll(shard);
        });
    }

    /**
     * Counts what waits one by one, and sets aside what cannot be counted: called when a batch has failed, so that one faulty
     * event does not hold up all the others.
     */
    public void countOneByOne() {
        rows.pendingIds(config.worker().batch()).forEach((id, shard) -> {
            try {
                QuarkusTransaction.requiringNew().run(() -> {
                    events.lockShards(List.of(shard), true);
                    rows.pending(id).map(List::of).ifPresent(this::count);
                });
            } catch (RuntimeException e) {
                LOG.errorf(e, "pending usage %d cannot be counted and is set aside", id);
                QuarkusTransaction.requiringNew().run(() -> rows.setAside(id, String.valueOf(e)));
            }
        });
    }

    private int count(Set<Integer> heldShards) {
        List<Pending> pending = rows.pending(heldShards, config.worker().batch());
        if (!pending.isEmpty()) {
            count(pending);
        }
        return pending.size();
    }

    private void count(List<Pending> pending) {
        Map<Counting, UsageEvent> toCount = new LinkedHashMap<>();
        pending.forEach(
                row -> toCount.put(new Counting(row.customer(), row.event().seq()), row.event()));
        count(toCount);
        rows.deletePending(pending);
    }

    /** An event, counted for a customer: usually its own, but its subject may have been corrected since. */
    private record Counting(String customer, long seq) {}

    private void count(Map<Counting, UsageEvent> toCount) {
        Map<Long, UsageEvent> bySeq = new HashMap<>();
        toCount.values().forEach(event -> bySeq.put(event.seq(), event));
        Collection<UsageEvent> all = bySeq.values();
        Map<Long, List<Settlement>> settlements = rows.settlements(all);
        Map<Long, List<CountedUsage>> before = rows.counted(all);
        Map<Counting, List<Part>> now = parts(toCount, settlements, rows.reversals(all));
        Set<UUID> ids = new HashSet<>();
        before.values().forEach(list -> list.forEach(usage -> ids.add(usage.window())));
        now.values().forEach(list -> list.forEach(part -> ids.add(part.usage().window())));
        Map<UUID, UsageWindow> windows = rows.windows(ids);
        Recount recount = new Recount(windows);
        now.forEach((counting, parts) -> recount.event(
                before.getOrDefault(counting.seq(), List.of()).stream()
                        .filter(usage -> counting.customer()
                                .equals(Objects.requireNonNull(windows.get(usage.window()))
                                        .frame()
                                        .customer()))
                        .toList(),
                parts));
        rows.delete(recount.removed());
        rows.insert(recount.added());
        fold(recount);
        rows.save(recount.changed().values(), clock.now());
        earlier.changed(recount.changed().values());
        levels.changed(recount.changed().values());
        publish(recount, bySeq);
    }

    private Map<Counting, List<Part>> parts(
            Map<Counting, UsageEvent> toCount,
            Map<Long, List<Settlement>> settlements,
            Map<UUID, List<Reversal>> reversals) {
        Set<String> customers = new HashSet<>();
        toCount.keySet().forEach(counting -> customers.add(counting.customer()));
        Map<String, CustomerModel> known = models.of(customers);
        Map<Counting, List<Part>> parts = new LinkedHashMap<>();
        toCount.forEach((counting, event) -> {
            CustomerModel model = Objects.requireNonNull(known.get(counting.customer()));
            boolean its = event.customer().equals(counting.customer());
            parts.put(
                    counting,
                    its
                            ? UsageCounting.count(
                                    event,
                                    settlements.getOrDefault(event.seq(), List.of()),
                                    reversals.getOrDefault(event.identity(), List.of()),
                                    model)
                            : List.of());
        });
        return parts;
    }

    private void fold(Recount recount) {
        for (Recount.Period period : recount.periods()) {
            Map<UUID, UsageWindow> ofPeriod = rows.windows(period);
            for (UsageWindow window : recount.changed().values()) {
                if (isOf(period, window.frame())) {
                    ofPeriod.put(window.frame().id(), window);
                } else {
                    ofPeriod.remove(window.frame().id());
                }
            }
            List<WindowFrame> frames = new ArrayList<>();
            ofPeriod.values().stream()
                    .map(UsageWindow::frame)
                    .filter(frame -> isOf(period, frame) && frame.foldsOverPeriod())
                    .forEach(frames::add);
            if (frames.isEmpty()) {
                continue;
            }
            WindowFrame any = frames.getFirst();
            Map<UUID, Long> totals = PeriodIncrements.of(
                    Objects.requireNonNull(any.aggregation()),
                    any.scale(),
                    frames,
                    rows.reportedIn(frames.stream().map(WindowFrame::id).toList()));
            recount.fold(ofPeriod, totals);
        }
    }

    private static boolean isOf(Recount.Period period, WindowFrame frame) {
        return period.customer().equals(frame.customer())
                && period.feature().equals(frame.feature())
                && Objects.equals(period.resource(), frame.resource())
                && Objects.equals(period.from(), frame.periodFrom());
    }

    private void publish(Recount recount, Map<Long, UsageEvent> bySeq) {
        recount.retotalled().forEach(publisher::reportedTotal);
        Map<UUID, UsageWindow> changed = recount.changed();
        for (CountedUsage usage : recount.charged()) {
            UsageWindow window = Objects.requireNonNull(changed.get(usage.window()));
            publisher.usageReported(Objects.requireNonNull(bySeq.get(usage.seq())), window.frame());
        }
    }
}
