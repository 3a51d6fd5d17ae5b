package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Category;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.GrantOn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit promised to one customer, once. It belongs to no subscription: its own id takes the place of one in the key that makes
 * the issue unique.
 *
 * @param scale the unit's, as it was in the catalog when this was made
 * @param priority 0 burns first
 * @param expiresAfter ISO 8601, from {@code from} on; null = it never expires
 * @param from when it is issued; what was issued is not taken back when the promotion ends
 * @param reference what several customers' promises have in common, such as a cohort's promotion; else the id
 */
public record CreditPart(
        UUID id,
        String unit,
        int scale,
        BigDecimal amount,
        int priority,
        @Nullable String expiresAfter,
        Instant from,
        String reference,
        String reason) {
    /** The grant key of every such credit. */
    public static final String KEY = "promotion";

    public CreditPart {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(from, "from");
        reference = reference == null ? id.toString() : reference;
        reason = reason == null ? "" : reason;
    }

    CreditEntitlement entitlement() {
        CreditGrant grant = new CreditGrant(
                KEY,
                unit,
                amount,
                null,
                true,
                Category.PROMOTIONAL,
                priority,
                GrantOn.PERIOD_START,
                expiresAfter,
                null,
                null,
                null,
                null);
        return new CreditEntitlement(id, SourceKind.PROMOTION, reference, grant, scale, 1, null, from, null);
    }
}
