package dev.weir.metering.window.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.metering.window.domain.CountedUsage.Key;
import dev.weir.metering.window.domain.UsageCounting.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what events count for now and what they counted for before, and what it does to the windows.
 * Counting an event again changes nothing unless something about it has changed.
 */
public final class Recount {

    private final Map<UUID, UsageWindow> windows;
    private final Map<UUID, UsageWindow> changed = new HashMap<>();
    private final List<CountedUsage> removed = new ArrayList<>();
    private final List<CountedUsage> added = new ArrayList<>();
    private final List<CountedUsage> charged = new ArrayList<>();
    private final Set<Period> periods = new LinkedHashSet<>();

    /** The windows of one feature that share a period, whose totals hang together. */
    public record Period(
            String customer,
            String feature,
            @Nullable String resource,
            @Nullable Instant from) {
        static Period of(WindowFrame frame) {
            return new Period(frame.customer(), frame.feature(), frame.resource(), frame.periodFrom());
        }
    }

    /** Starts from the windows as they stand: all that any part, old or new, lies in. */
    public Recount(Map<UUID, UsageWindow> windows) {
        this.windows = new HashMap<>(windows);
    }

    /** Lets one event count for these parts from now on, instead of those that it counted for. */
    public void event(List<CountedUsage> before, List<Part> now) {
        Map<Key, CountedUsage> old = new HashMap<>();
        before.forEach(usage -> old.put(usage.key(), usage));
        for (Part part : now) {
            CountedUsage known = old.remove(part.usage().key());
            CountedUsage usage = keptInPlace(part, known);
            // The window of a charge that was sent stays as it was told, and so does its frame.
            WindowFrame frame = usage.window().equals(part.frame().id()) ? part.frame() : null;
            replace(known, usage, frame);
        }
        old.values().forEach(this::remove);
    }

    /** The windows that have changed, as they are now, by id. */
    public Map<UUID, UsageWindow> changed() {
        Map<UUID, UsageWindow> revised = new HashMap<>();
        changed.forEach((id, window) -> revised.put(id, window.after(original(id))));
        return revised;
    }

    /** Those of the changed windows whose reported total is another. */
    public List<UsageWindow> retotalled() {
        return changed().values().stream()
                .filter(window -> window.reportedRevision()
                        != original(window.frame().id()).reportedRevision())
                .toList();
    }

    /** The parts that no longer count. */
    public List<CountedUsage> removed() {
        return removed;
    }

    /** The parts that count now. */
    public List<CountedUsage> added() {
        return added;
    }

    /** Reported usage of CREDIT features that is counted for the first time, for the ledger to debit. */
    public List<CountedUsage> charged() {
        return charged;
    }

    /** The periods whose reported totals have to be folded anew. */
    public Set<Period> periods() {
        return periods;
    }

    /** Sets the totals that follow from a period's events. */
    public void fold(Map<UUID, UsageWindow> ofPeriod, Map<UUID, Long> totals) {
        ofPeriod.forEach(windows::putIfAbsent);
        totals.forEach((id, total) -> {
            UsageWindow window = at(id);
            if (window.totals().reported() != total) {
                changed.put(id, window.with(window.totals().withReported(total)));
            }
        });
    }

    private CountedUsage keptInPlace(Part part, @Nullable CountedUsage known) {
        if (known == null || known.kind() != UsageKind.REPORTED) {
            return part.usage();
        }
        boolean charge =
                part.usage().kind() == UsageKind.REPORTED && part.frame().featureType() == FeatureType.CREDIT;
        return charge ? part.usage().in(known.window()) : part.usage();
    }

    private void replace(@Nullable CountedUsage known, CountedUsage usage, @Nullable WindowFrame frame) {
        UsageWindow window = frame == null ? at(usage.window()) : at(frame);
        if (usage.equals(known)) {
            return;
        }
        if (known != null) {
            remove(known);
            window = at(usage.window());
        }
        added.add(usage);
        change(window, window.totals().plus(usage));
        boolean first = known == null || known.kind() != UsageKind.REPORTED;
        if (first && usage.kind() == UsageKind.REPORTED && window.frame().featureType() == FeatureType.CREDIT) {
            charged.add(usage);
        }
    }

    private void remove(CountedUsage usage) {
        UsageWindow window = at(usage.window());
        removed.add(usage);
        change(window, window.totals().minus(usage));
    }

    private UsageWindow at(UUID id) {
        UsageWindow window = changed.get(id);
        return window != null ? window : original(id);
    }

    private UsageWindow original(UUID id) {
        return Objects.requireNonNull(windows.get(id), "every window in which usage was counted is there");
    }

    private UsageWindow at(WindowFrame frame) {
        UsageWindow known = changed.getOrDefault(frame.id(), windows.get(frame.id()));
        if (known == null) {
            UsageWindow fresh = UsageWindow.empty(frame);
            windows.put(frame.id(), fresh);
            return fresh;
        }
        UsageWindow joined = known.joinedWith(frame);
        if (!joined.frame().equals(known.frame())) {
            changed.put(frame.id(), joined);
            refold(known.frame());
            refold(joined.frame());
        }
        return joined;
    }

    private void change(UsageWindow window, WindowTotals totals) {
        changed.put(window.frame().id(), window.with(totals));
        refold(window.frame());
    }

    private void refold(WindowFrame frame) {
        if (frame.foldsOverPeriod()) {
            periods.add(Period.of(frame));
        }
    }
}
