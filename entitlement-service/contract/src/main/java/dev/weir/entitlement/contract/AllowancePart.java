package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promotion or an override of one customer.
 *
 * @param definition the feature as it was in the catalog when this was made: a promoted feature need not be in any plan
 * @param entitlement what it gives; ignored when revoke
 * @param revoke beats every source
 * @param to null = open
 */
public record AllowancePart(
        UUID id,
        Kind kind,
        String feature,
        FeatureDefinition definition,
        @Nullable Entitlement entitlement,
        boolean revoke,
        Instant from,
        @Nullable Instant to,
        String reason) {
    /** Promotions come with a campaign, overrides with one customer's contract. */
    public enum Kind {
        PROMOTION,
        OVERRIDE
    }

    public AllowancePart {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(from, "from");
        reason = reason == null ? "" : reason;
    }

    /** Whether it holds at that instant. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && (to == null || instant.isBefore(to));
    }
}
