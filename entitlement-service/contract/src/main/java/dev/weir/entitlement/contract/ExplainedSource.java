package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One source of an entitlement and what became of it.
 *
 * @param reference plan or add-on key, or the id of the promotion or override
 * @param version of the plan or add-on; 0 for promotions and overrides
 * @param quantity of the add-on; 1 for the rest
 * @param entitlement null for a revoke
 * @param components what it won: amount, onLimit, overageCap, then, value, access, rates
 */
public record ExplainedSource(
        SourceKind kind,
        String reference,
        int version,
        int quantity,
        @Nullable Entitlement entitlement,
        Effect effect,
        SourceOutcome outcome,
        List<String> components,
        String why,
        Instant validFrom,
        @Nullable Instant validTo) {
    public ExplainedSource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reference, "reference");
        components = components == null ? List.of() : List.copyOf(components);
    }
}
