package dev.weir.entitlement.migration.app;

import dev.weir.entitlement.migration.persistence.ItemTable.Candidate;
import dev.weir.entitlement.subscription.domain.MoveOutcome;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Preview;
import org.jspecify.annotations.Nullable;

/**
 * What a migration would do to one subscription.
 *
 * @param preview null if it stays or is refused
 */
public record PreviewedMove(
        Candidate candidate,
        @Nullable PlanPin from,
        MoveOutcome outcome,
        @Nullable Preview preview) {}
