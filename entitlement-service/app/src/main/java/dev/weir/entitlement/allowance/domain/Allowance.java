package dev.weir.entitlement.allowance.domain;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.entitlement.contract.AllowancePart;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion or an override as it is on record.
 *
 * @param definition the feature as it was in the catalog in force when this was made
 * @param entitlement null for a revoke
 * @param to as it was agreed; null = open
 * @param endedAt when someone ended it early
 */
public record Allowance(
        UUID id,
        String customer,
        AllowancePart.Kind kind,
        String feature,
        FeatureDefinition definition,
        @Nullable Entitlement entitlement,
        boolean revoke,
        Instant from,
        @Nullable Instant to,
        String reason,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    /** When it ceases to hold; null = open. */
    public @Nullable Instant end() {
        return endedAt == null || (to != null && to.isBefore(endedAt)) ? to : endedAt;
    }

    /** Ended by someone. */
    public Allowance ended(Instant at, String by) {
        return new Allowance(
                id,
                customer,
                kind,
                feature,
                definition,
                entitlement,
                revoke,
                from,
                to,
                reason,
                createdAt,
                createdBy,
                at,
                by);
    }
}
