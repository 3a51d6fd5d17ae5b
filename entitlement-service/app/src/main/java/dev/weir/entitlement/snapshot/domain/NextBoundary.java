package dev.weir.entitlement.snapshot.domain;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The next instant at which what a snapshot says of "now" changes by itself: a phase, a promotion or an override begins or
 * ends, or a period does. Whoever resolves by instant needs no new snapshot then; streams and caches are told by it.
 */
public final class NextBoundary {
    private final Instant now;
    private final Duration shortest;
    private @Nullable Instant next;

    private NextBoundary(Instant now, Duration shortest) {
        this.now = now;
        this.shortest = shortest;
    }

    /**
     * The first boundary after now; empty if none is to come.
     *
     * @param shortest periods below this length are no boundary: they would mean more snapshots than anyone looks at
     */
    public static Optional<Instant> of(CustomerSnapshot snapshot, Bodies bodies, Instant now, Duration shortest) {
        NextBoundary boundary = new NextBoundary(now, shortest);
        ZoneId zone = ZoneId.of(snapshot.timeZone());
        snapshot.subscriptions().forEach(part -> boundary.subscription(part, bodies, zone));
        snapshot.allowances().forEach(part -> boundary.allowance(part, zone));
        return Optional.ofNullable(boundary.next);
    }

    private void subscription(SubscriptionPart part, Bodies bodies, ZoneId zone) {
        for (SubscriptionPhase phase : part.phases()) {
            at(phase.from());
            at(phase.to());
            if (phase.contains(now)) {
                Set<Instant> anchors = anchors(part, bodies);
                for (String every : Periods.of(phase, bodies)) {
                    anchors.forEach(anchor -> period(new Recurrence(anchor, every, zone)));
                }
            }
        }
    }

    /** The subscription's, and where usage may last have begun anew. */
    private Set<Instant> anchors(SubscriptionPart part, Bodies bodies) {
        Set<Instant> anchors = new LinkedHashSet<>(List.of(part.anchor()));
        List<SubscriptionPhase> phases = part.phases();
        for (int i = phases.size() - 1; i >= 0; i--) {
            SubscriptionPhase phase = phases.get(i);
            boolean begun = !phase.from().isAfter(now);
            if (begun && (phase.usage() == UsageOnChange.RESET || (i > 0 && otherPlan(phases, i, bodies)))) {
                anchors.add(phase.from());
                break;
            }
        }
        return anchors;
    }

    private static boolean otherPlan(List<SubscriptionPhase> phases, int index, Bodies bodies) {
        String before = phases.get(index - 1).planHash();
        String after = phases.get(index).planHash();
        return !before.equals(after)
                && !bodies.plan(before).plan().equals(bodies.plan(after).plan());
    }

    private void allowance(AllowancePart part, ZoneId zone) {
        at(part.from());
        at(part.to());
        Entitlement entitlement = part.entitlement();
        String every = entitlement == null ? null : entitlement.every();
        if (every != null && part.contains(now)) {
            period(new Recurrence(part.from(), every, zone));
        }
    }

    private void period(Recurrence recurrence) {
        if (Recurrence.seconds(recurrence.every()) >= shortest.toSeconds()) {
            at(recurrence.at(now).to());
        }
    }

    private void at(@Nullable Instant boundary) {
        if (boundary != null && boundary.isAfter(now) && (next == null || boundary.isBefore(next))) {
            next = boundary;
        }
    }
}
