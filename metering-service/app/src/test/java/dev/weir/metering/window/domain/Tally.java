package dev.weir.metering.window.domain;

import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.metering.window.domain.UsageCounting.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts in memory as the service does in the database. */
final class Tally {

    private final Map<UUID, UsageWindow> windows = new HashMap<>();
    private final Map<UUID, List<Reversal>> reversals = new HashMap<>();
    private final Map<Long, List<CountedUsage>> counted = new HashMap<>();

    /** Counts a batch of events, each with all that is known of it by now. */
    Recount count(
            Collection<UsageEvent> events, Function<UsageEvent, List<Settlement>> settlements, CustomerModel model) {
        Map<Long, UsageEvent> once = events.stream()
                .collect(Collectors.toMap(
                        UsageEvent::seq, Function.identity(), (first, second) -> second, TreeMap::new));
        Recount recount = new Recount(windows);
        once.values().forEach(event -> {
            List<Part> now = UsageCounting.count(
                    event, settlements.apply(event), reversals.getOrDefault(event.identity(), List.of()), model);
            recount.event(counted.getOrDefault(event.seq(), List.of()), now);
        });
        recount.removed().forEach(usage -> of(usage).remove(usage));
        recount.added().forEach(usage -> of(usage).add(usage));
        fold(recount);
        windows.putAll(recount.changed());
        return recount;
    }

    /** From now on so much less of an event counts. */
    void reversed(Reversal reversal) {
        reversals
                .computeIfAbsent(reversal.identity(), identity -> new ArrayList<>())
                .add(reversal);
    }

    Map<UUID, UsageWindow> windows() {
        return windows;
    }

    /** The totals that count, whatever the revisions. */
    Map<UUID, WindowTotals> totals() {
        return windows.entrySet().stream()
                .filter(entry -> entry.getValue().totals().eventCount() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().totals()));
    }

    private void fold(Recount recount) {
        for (Recount.Period period : recount.periods()) {
            Map<UUID, UsageWindow> all = new HashMap<>(windows);
            all.putAll(recount.changed());
            all.values().removeIf(window -> !Recount.Period.of(window.frame()).equals(period));
            List<WindowFrame> frames =
                    all.values().stream().map(UsageWindow::frame).toList();
            List<CountedUsage> readings = counted.values().stream()
                    .flatMap(List::stream)
                    .filter(usage -> all.containsKey(usage.window()) && usage.kind() == UsageKind.REPORTED)
                    .toList();
            if (frames.isEmpty()) {
                continue;
            }
            WindowFrame any = frames.getFirst();
            recount.fold(
                    all, PeriodIncrements.of(Objects.requireNonNull(any.aggregation()), any.scale(), frames, readings));
        }
    }

    private List<CountedUsage> of(CountedUsage usage) {
        return counted.computeIfAbsent(usage.seq(), seq -> new ArrayList<>());
    }
}
