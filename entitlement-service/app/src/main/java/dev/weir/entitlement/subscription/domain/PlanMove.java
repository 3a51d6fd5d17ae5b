package dev.weir.entitlement.subscription.domain;

import dev.weir.catalog.contract.UsageOnChange;
import java.util.Set;

/**
 * A move of subscriptions to another plan version; add-ons, trial and what is scheduled stay.
 *
 * @param plan of which plan the phases are that move
 * @param versions and of which versions; empty = any
 * @param allowDrop whether a limit may become less generous in the middle of a period; if not, such a subscription moves at its
 *     period's end
 */
public record PlanMove(
        String plan, Set<Integer> versions, PlanPin target, When when, boolean allowDrop, UsageOnChange usage) {
    public PlanMove {
        versions = Set.copyOf(versions);
    }

    /** Whether it moves a phase. */
    public boolean touches(Phase phase) {
        PlanPin pin = phase.plan();
        return pin.plan().equals(plan)
                && (versions.isEmpty() || versions.contains(pin.version()))
                && !pin.sameVersion(target);
    }
}
