package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.RedeemedCoupon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a subscription: they follow each other without gap or overlap. A change at an instant leaves what lies before
 * it as it is. No phases: it was canceled before it began.
 */
public record Timeline(List<Phase> phases) {
    public Timeline {
        phases = List.copyOf(phases);
        for (int i = 1; i < phases.size(); i++) {
            if (!phases.get(i).from().equals(phases.get(i - 1).to())) {
                throw new IllegalStateException("the phases of a timeline must adjoin: " + phases);
            }
        }
    }

    /** The phase in force at an instant. */
    public Optional<Phase> at(Instant instant) {
        return phases.stream().filter(phase -> phase.contains(instant)).findFirst();
    }

    /** The phase that tells what the subscription is: the one in force, else the first to come, else the last. */
    public Optional<Phase> telling(Instant now) {
        if (phases.isEmpty()) {
            return Optional.empty();
        }
        Phase edge = now.isBefore(phases.getFirst().from()) ? phases.getFirst() : phases.getLast();
        return Optional.of(at(now).orElse(edge));
    }

    /** When it ends; null = open, or it never began. */
    public @Nullable Instant end() {
        return phases.isEmpty() ? null : phases.getLast().to();
    }

    /** Whether it holds at any instant of [from, to). */
    public boolean overlaps(Instant from, @Nullable Instant to) {
        if (phases.isEmpty()) {
            return false;
        }
        Instant end = end();
        return (end == null || end.isAfter(from))
                && (to == null || phases.getFirst().from().isBefore(to));
    }

    /** What the subscription is at an instant. */
    public SubscriptionStatus status(Instant now) {
        if (phases.isEmpty()) {
            return SubscriptionStatus.CANCELED;
        }
        if (now.isBefore(phases.getFirst().from())) {
            return SubscriptionStatus.SCHEDULED;
        }
        Optional<Phase> here = at(now);
        if (here.isEmpty()) {
            return phases.getLast().end() == EndReason.CANCELED
                    ? SubscriptionStatus.CANCELED
                    : SubscriptionStatus.ENDED;
        }
        if (here.get().kind() == PhaseKind.PAUSED) {
            return SubscriptionStatus.PAUSED;
        }
        return here.get().trial() == null ? SubscriptionStatus.ACTIVE : SubscriptionStatus.TRIALING;
    }

    /** Cut off at an instant; a timeline that ends earlier stays as it is. */
    public Timeline canceledAt(Instant instant) {
        List<Phase> kept = new ArrayList<>();
        for (Phase phase : phases) {
            if (phase.from().isBefore(instant)) {
                boolean cut = phase.to() == null || phase.to().isAfter(instant);
                kept.add(cut ? phase.until(instant, EndReason.CANCELED) : phase);
            }
        }
        if (!kept.isEmpty()
                && instant.equals(kept.getLast().to())
                && kept.getLast().end() == null) {
            kept.set(kept.size() - 1, kept.getLast().until(instant, EndReason.CANCELED));
        }
        return new Timeline(kept);
    }

    /**
     * Another plan from an instant on. It takes the place of whatever was to follow, a running trial and other scheduled
     * changes included; only a cancellation and the end of a term stand.
     */
    public Timeline changedAt(Instant instant, PlanPin plan, List<HeldAddon> addons, UsageOnChange usage) {
        List<Phase> kept = new ArrayList<>(before(instant));
        RedeemedCoupon coupon = at(instant).map(Phase::coupon).orElse(null);
        Phase last = phases.getLast();
        boolean ends = last.end() == EndReason.CANCELED || last.end() == EndReason.TERM_OVER;
        kept.add(new Phase(
                0,
                PhaseKind.ACTIVE,
                instant,
                ends ? last.to() : null,
                plan,
                null,
                addons,
                usage,
                ends ? last.end() : null,
                coupon));
        return new Timeline(kept);
    }

    /** When the trial that runs at an instant ends; null if none does. */
    public @Nullable Instant trialEnd(Instant instant) {
        Instant end = null;
        for (Phase phase : phases) {
            boolean runs = phase.trial() != null
                    && (phase.contains(instant) || phase.from().equals(end));
            end = runs ? phase.to() : end;
        }
        return end;
    }

    /** The running trial ends at an instant: what was to follow begins there, with its limits counted anew. */
    public Timeline trialEndedAt(Instant instant) {
        return trialMoved(before(instant), Objects.requireNonNull(trialEnd(instant), "a running trial"), instant);
    }

    /** The running trial goes on until a later instant; what follows waits until then. */
    public Timeline trialExtended(Instant now, Instant until) {
        Instant end = Objects.requireNonNull(trialEnd(now), "a running trial");
        List<Phase> kept = new ArrayList<>();
        for (Phase phase : phases) {
            if (phase.from().isBefore(end)) {
                kept.add(end.equals(phase.to()) ? phase.reaching(until, phase.end()) : phase);
            }
        }
        return trialMoved(kept, end, until);
    }

    private Timeline trialMoved(List<Phase> trial, Instant from, Instant to) {
        List<Phase> moved = new ArrayList<>(trial);
        boolean follows = false;
        for (Phase phase : phases) {
            if (!phase.from().isBefore(from)) {
                moved.add(phase.from().equals(from) ? phase.since(to, UsageOnChange.RESET) : phase);
                follows = true;
            }
        }
        if (!follows) {
            Phase last = moved.removeLast();
            EndReason reason = phases.getLast().end();
            moved.add(last.until(to, reason == null ? EndReason.TRIAL_OVER : reason));
        }
        return new Timeline(moved);
    }

    /** What was in force just before an instant goes on in place of what begins there. */
    public Timeline withoutChangeAt(Instant instant) {
        List<Phase> joined = new ArrayList<>();
        for (Phase phase : phases) {
            if (phase.from().equals(instant) && !joined.isEmpty()) {
                Phase going = joined.removeLast();
                joined.add(going.reaching(phase.to(), phase.end()));
            } else {
                joined.add(phase);
            }
        }
        return new Timeline(joined);
    }

    /** Ending at an instant within its last phase, as agreed from the start. */
    public Timeline endingAt(Instant instant) {
        List<Phase> bounded = new ArrayList<>(phases);
        bounded.add(bounded.removeLast().until(instant, EndReason.TERM_OVER));
        return new Timeline(bounded);
    }

    /** Open again at its end. */
    public Timeline reopened() {
        List<Phase> open = new ArrayList<>(phases);
        open.add(open.removeLast().reaching(null, null));
        return new Timeline(open);
    }

    /**
     * Every phase from an instant on made into another; the one that holds at the instant is split there, unless it stays as
     * it is.
     */
    public Timeline mappedFrom(Instant instant, UsageOnChange usage, UnaryOperator<Phase> change) {
        List<Phase> mapped = new ArrayList<>();
        for (Phase phase : phases) {
            boolean begins = phase.from().equals(instant);
            boolean holds = phase.contains(instant);
            if (!holds && phase.from().isBefore(instant)) {
                mapped.add(phase);
            } else if (!holds) {
                mapped.add(change.apply(phase));
            } else if (usage == UsageOnChange.KEEP
                    && (begins || change.apply(phase).equals(phase))) {
                mapped.add(change.apply(phase));
            } else {
                if (!begins) {
                    mapped.add(phase.until(instant, null));
                }
                mapped.add(change.apply(phase.since(instant, usage)));
            }
        }
        return new Timeline(mapped);
    }

    /**
     * An earlier timeline again: wholly where the change from it is still to come, else from now on, which leaves what has been
     * as it was.
     */
    public Timeline restored(Timeline earlier, Instant changedAt, Instant now) {
        Set<Long> rows = new HashSet<>();
        phases.forEach(phase -> rows.add(phase.row()));
        boolean toCome = changedAt.isAfter(now);
        List<Phase> restored = new ArrayList<>(toCome ? List.of() : before(now));
        for (Phase phase : earlier.phases()) {
            if (toCome || !phase.from().isBefore(now)) {
                restored.add(rows.contains(phase.row()) ? phase : phase.anew());
            } else if (phase.contains(now)) {
                restored.add(phase.since(now, UsageOnChange.KEEP));
            }
        }
        return new Timeline(restored);
    }

    private List<Phase> before(Instant instant) {
        List<Phase> before = new ArrayList<>();
        for (Phase phase : phases) {
            if (phase.from().isBefore(instant)) {
                boolean cut = phase.to() == null || phase.to().isAfter(instant);
                before.add(cut ? phase.until(instant, null) : phase);
            }
        }
        return before;
    }
}
