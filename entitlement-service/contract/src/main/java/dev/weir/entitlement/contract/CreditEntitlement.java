package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.CreditGrant;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credit grant that a customer's subscription bears, or that was promised to it once: the ledger opens its blocks from this, lazily.
 *
 * @param subscription the key (subscription, grant key, period, ordinal) makes an issue unique; never null: of a promise
 *     ({@link CreditPart}) its own id
 * @param source PLAN, ADDON, TRIAL or PROMOTION
 * @param sourceReference plan or add-on key; part of the block's source reference for add-ons and trials, whose grants add
 * @param quantity of the add-on
 * @param recurrence null for a one-off grant
 * @param validFrom when the source began (the phase's start, joined with those before it that bear the same grant key)
 * @param validTo when the source ends; null = open. A trial's credits end with it.
 */
public record CreditEntitlement(
        UUID subscription,
        SourceKind source,
        String sourceReference,
        CreditGrant grant,
        int unitScale,
        int quantity,
        @Nullable Recurrence recurrence,
        Instant validFrom,
        @Nullable Instant validTo) {
    public CreditEntitlement {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(grant, "grant");
    }
}
