package dev.weir.entitlement.snapshot.domain;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of the past a snapshot bears: what touches the last 35 days or a period that is open, and what decides where the
 * periods and grants of a living subscription are counted from.
 */
public final class Retention {
    private static final Duration PAST = Duration.ofDays(35);

    private Retention() {}

    /** The subscription without the phases that no longer matter; empty if none matters. */
    public static Optional<SubscriptionPart> trim(SubscriptionPart part, Bodies bodies, ZoneId zone, Instant now) {
        Instant cutoff = cutoff(part, bodies, zone, now);
        List<SubscriptionPhase> phases = part.phases();
        int first = 0;
        while (first < phases.size() && endedBy(phases.get(first).to(), cutoff)) {
            first++;
        }
        if (first == phases.size()) {
            return Optional.empty();
        }
        first = beginningOfRun(phases, Math.min(first, latestNewCount(phases, bodies, now)));
        return Optional.of(part.with(phases.subList(first, phases.size())));
    }

    /** Whether a promotion or override still matters. */
    public static boolean keeps(AllowancePart allowance, ZoneId zone, Instant now) {
        Instant to = allowance.to();
        return to == null || !endedBy(to, cutoff(allowance, zone, now));
    }

    private static boolean endedBy(@Nullable Instant to, Instant cutoff) {
        return to != null && !to.isAfter(cutoff);
    }

    private static Instant cutoff(AllowancePart allowance, ZoneId zone, Instant now) {
        Entitlement entitlement = allowance.entitlement();
        String every = entitlement == null ? null : entitlement.every();
        Instant cutoff = now.minus(PAST);
        return every == null ? cutoff : earlier(cutoff, open(new Recurrence(allowance.from(), every, zone), now));
    }

    private static Instant cutoff(SubscriptionPart part, Bodies bodies, ZoneId zone, Instant now) {
        Instant cutoff = now.minus(PAST);
        Optional<SubscriptionPhase> phase = part.phaseAt(now);
        if (phase.isEmpty()) {
            return cutoff;
        }
        for (String every : Periods.of(phase.get(), bodies)) {
            cutoff = earlier(cutoff, open(new Recurrence(part.anchor(), every, zone), now));
        }
        return cutoff;
    }

    private static Instant open(Recurrence recurrence, Instant now) {
        return recurrence.at(now).from();
    }

    private static Instant earlier(Instant left, Instant right) {
        return left.isBefore(right) ? left : right;
    }

    /** A grant's validity is counted over adjoining phases, so a run of them stays whole; a pause ends it. */
    private static int beginningOfRun(List<SubscriptionPhase> phases, int index) {
        int first = index;
        while (first > 0
                && phases.get(first).from().equals(phases.get(first - 1).to())) {
            first--;
        }
        return first;
    }

    /** The phase before the latest one at which usage may have begun anew; the last if it never did. */
    private static int latestNewCount(List<SubscriptionPhase> phases, Bodies bodies, Instant now) {
        int latest = phases.size() - 1;
        for (int i = 1; i < phases.size() && !phases.get(i).from().isAfter(now); i++) {
            SubscriptionPhase before = phases.get(i - 1);
            SubscriptionPhase phase = phases.get(i);
            boolean otherPlan = !before.planHash().equals(phase.planHash())
                    && !bodies.plan(before.planHash())
                            .plan()
                            .equals(bodies.plan(phase.planHash()).plan());
            if (phase.usage() == UsageOnChange.RESET || otherPlan) {
                latest = i - 1;
            }
        }
        return latest;
    }
}
