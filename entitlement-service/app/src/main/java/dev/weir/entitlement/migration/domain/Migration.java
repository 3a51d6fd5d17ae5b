package dev.weir.entitlement.migration.domain;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.subscription.domain.PlanMove;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.When;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order to bring subscriptions to another plan version, or to take such an order back.
 *
 * @param plan of which plan they are
 * @param allowDrop whether a limit may drop in the middle of a period
 * @param undoes the migration that this one takes back
 * @param undoneBy the migration that takes this one back
 */
public record Migration(
        UUID id,
        Scope scope,
        String plan,
        PlanPin target,
        When when,
        boolean allowDrop,
        UsageOnChange usage,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable UUID undoes,
        @Nullable UUID undoneBy,
        @Nullable Instant canceledAt,
        @Nullable String canceledBy) {

    /** What it does to a subscription. */
    public PlanMove move() {
        List<Integer> versions = scope.fromVersions();
        return new PlanMove(plan, versions == null ? Set.of() : Set.copyOf(versions), target, when, allowDrop, usage);
    }
}
