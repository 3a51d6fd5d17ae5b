package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.CreditLimit;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Trial;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credit grants that subscriptions bear over time. */
final class CreditSources {
    private CreditSources() {}

    /** A grant in one phase. The reference of a plan's grant is left out of the identity: an upgrade keeps the key. */
    private record Borne(SourceKind source, String reference, CreditGrant grant, int scale, int quantity) {
        boolean sameKey(Borne other) {
            return source == other.source
                    && grant.key().equals(other.grant.key())
                    && (source == SourceKind.PLAN || reference.equals(other.reference));
        }
    }

    /** An entitlement that the phases seen so far bear; the end moves as later phases bear the same. */
    private record Running(
            Borne borne,
            Instant validFrom,
            Instant from,
            @Nullable Instant to) {}

    static List<CreditEntitlement> between(CustomerSnapshot snapshot, Bodies bodies, Instant from, Instant to) {
        ZoneId zone = ZoneId.of(snapshot.timeZone());
        List<CreditEntitlement> found = new ArrayList<>();
        snapshot.subscriptions().stream()
                .sorted(Comparator.comparing(SubscriptionPart::id, Source::compareIds))
                .forEach(subscription -> {
                    for (Running running : timeline(subscription, bodies)) {
                        if (running.from().isBefore(to)
                                && (running.to() == null || running.to().isAfter(from))) {
                            found.add(entitlement(subscription, running, zone));
                        }
                    }
                });
        snapshot.credits().stream()
                .filter(credit -> credit.from().isBefore(to))
                .sorted(Comparator.comparing(CreditPart::id, Source::compareIds))
                .map(CreditPart::entitlement)
                .forEach(found::add);
        return found;
    }

    static Optional<CreditLimit> limit(CustomerSnapshot snapshot, Bodies bodies, String unit, Instant at) {
        @Nullable CreditLimit largest = null;
        for (SubscriptionPart subscription : snapshot.subscriptions().stream()
                .sorted(Comparator.comparing(SubscriptionPart::id, Source::compareIds))
                .toList()) {
            SubscriptionPhase phase = subscription.phaseAt(at).orElse(null);
            if (phase != null) {
                largest = larger(
                        largest, bodies.plan(phase.planHash()).creditLimits().get(unit));
                if (phase.trialPlanHash() != null) {
                    largest = larger(
                            largest,
                            bodies.plan(phase.trialPlanHash()).creditLimits().get(unit));
                }
            }
        }
        return Optional.ofNullable(largest);
    }

    private static @Nullable CreditLimit larger(@Nullable CreditLimit known, @Nullable CreditLimit other) {
        if (known == null || other == null) {
            return known == null ? other : known;
        }
        return other.overdraft().compareTo(known.overdraft()) > 0 ? other : known;
    }

    /** Every grant of a subscription with its span, by time. */
    private static List<Running> timeline(SubscriptionPart subscription, Bodies bodies) {
        List<Running> done = new ArrayList<>();
        List<Running> running = List.of();
        @Nullable SubscriptionPhase before = null;
        for (SubscriptionPhase phase : subscription.phases()) {
            List<Running> earlier = before != null && Sources.adjoins(before, phase) ? running : List.of();
            if (earlier.isEmpty()) {
                done.addAll(running);
            }
            List<Running> now = new ArrayList<>();
            List<Running> ended = new ArrayList<>(earlier);
            for (Borne borne : borne(phase, bodies)) {
                @Nullable Running same = find(earlier, borne);
                if (same == null) {
                    now.add(new Running(borne, phase.from(), phase.from(), phase.to()));
                } else if (same.borne().equals(borne)) {
                    ended.remove(same);
                    now.add(new Running(borne, same.validFrom(), same.from(), phase.to()));
                } else {
                    now.add(new Running(borne, same.validFrom(), phase.from(), phase.to()));
                }
            }
            done.addAll(ended);
            running = now;
            before = phase;
        }
        done.addAll(running);
        return done;
    }

    private static @Nullable Running find(List<Running> earlier, Borne borne) {
        for (Running running : earlier) {
            if (running.borne().sameKey(borne)) {
                return running;
            }
        }
        return null;
    }

    private static List<Borne> borne(SubscriptionPhase phase, Bodies bodies) {
        List<Borne> borne = new ArrayList<>();
        PlanVersion plan = bodies.plan(phase.planHash());
        if (phase.trialPlanHash() == null) {
            for (CreditGrant grant : plan.credits()) {
                borne.add(new Borne(SourceKind.PLAN, plan.plan(), grant, scale(plan.creditUnits(), grant), 1));
            }
        } else {
            addTrial(borne, plan, bodies.plan(phase.trialPlanHash()));
        }
        for (AddonPart part : phase.addons()) {
            AddonVersion addon = bodies.addon(part.addonHash());
            for (CreditGrant grant : part.quantity() > 0 ? addon.credits() : List.<CreditGrant>of()) {
                int scale = scale(addon.creditUnits(), grant);
                borne.add(new Borne(SourceKind.ADDON, addon.addon(), grant, scale, part.quantity()));
            }
        }
        return borne;
    }

    private static void addTrial(List<Borne> borne, PlanVersion plan, PlanVersion tried) {
        Trial trial = plan.trial();
        if (trial != null) {
            Map<String, CreditUnit> units = plan.creditUnits();
            for (CreditGrant grant : trial.credits()) {
                int scale = scale(units.containsKey(grant.unit()) ? units : tried.creditUnits(), grant);
                borne.add(new Borne(SourceKind.TRIAL, plan.plan(), grant, scale, 1));
            }
        }
    }

    private static int scale(Map<String, CreditUnit> units, CreditGrant grant) {
        CreditUnit unit = units.get(grant.unit());
        if (unit == null) {
            throw new IllegalStateException("a published body lacks its credit unit " + grant.unit());
        }
        return unit.scale();
    }

    private static CreditEntitlement entitlement(SubscriptionPart subscription, Running running, ZoneId zone) {
        CreditGrant grant = running.borne().grant();
        String every = grant.once() ? null : grant.every();
        return new CreditEntitlement(
                subscription.id(),
                running.borne().source(),
                running.borne().reference(),
                grant,
                running.borne().scale(),
                running.borne().quantity(),
                every == null ? null : new Recurrence(subscription.anchor(), every, zone),
                running.validFrom(),
                running.to());
    }
}
