package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The period in which a subscription is billed and at whose end changes may take effect: the shortest among the plan's fees;
 * without fees, the shortest among its credit grants; else a month. A running trial is a period of its own.
 */
public final class BillingPeriod {
    private BillingPeriod() {}

    /** The period at an instant; empty once the subscription has ended. Before it starts: its first period. */
    public static Optional<Span> at(Subscription subscription, PlanVersion plan, ZoneId zone, Instant now) {
        Timeline timeline = subscription.timeline();
        if (timeline.phases().isEmpty()) {
            return Optional.empty();
        }
        Instant start = timeline.phases().getFirst().from();
        Instant instant = now.isBefore(start) ? start : now;
        Optional<Phase> here = timeline.at(instant);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        if (here.get().trial() != null) {
            return Optional.of(trial(timeline, here.get()));
        }
        Recurrence.Numbered period = new Recurrence(subscription.anchor(), every(plan), zone).at(instant);
        Instant paidFrom = timeline.phases().stream()
                .filter(phase -> phase.trial() == null)
                .map(Phase::from)
                .findFirst()
                .orElse(start);
        Instant from = period.from().isBefore(paidFrom) ? paidFrom : period.from();
        Instant end = timeline.end();
        return Optional.of(new Span(from, end != null && end.isBefore(period.to()) ? end : period.to()));
    }

    private static Span trial(Timeline timeline, Phase here) {
        Instant from = here.from();
        Instant to = here.to();
        for (Phase phase : timeline.phases()) {
            if (phase.trial() != null) {
                from = phase.from().isBefore(from) ? phase.from() : from;
                to = phase.to() != null && to != null && phase.to().isAfter(to) ? phase.to() : to;
            }
        }
        return new Span(from, to);
    }

    private static String every(PlanVersion plan) {
        return shortest(plan.charges().stream().map(Charge::every).filter(Objects::nonNull))
                .or(() ->
                        shortest(plan.credits().stream().map(CreditGrant::every).filter(Objects::nonNull)))
                .orElse("P1M");
    }

    private static Optional<String> shortest(Stream<String> every) {
        return every.min(Comparator.comparingLong(Recurrence::seconds).thenComparing(Comparator.naturalOrder()));
    }
}
