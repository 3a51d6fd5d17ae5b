package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.Price;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A price agreed with one customer, in place of the one that a charge of a plan or add-on has in the catalog. It holds for the
 * customer's own subscriptions, whatever their version. One of {@code plan} and {@code addon} is there. Where two hold for one
 * charge, the one that begins later does.
 *
 * @param charge the charge's key in the plan (or one that it inherits) or add-on
 * @param to null = open
 */
public record PriceOverridePart(
        UUID id,
        @Nullable String plan,
        @Nullable String addon,
        String charge,
        Price price,
        Instant from,
        @Nullable Instant to,
        String reason) {
    public PriceOverridePart {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(charge, "charge");
        Objects.requireNonNull(price, "price");
        Objects.requireNonNull(from, "from");
        reason = reason == null ? "" : reason;
    }

    /** Whether it holds for a charge of a plan at an instant. */
    public boolean holdsForPlan(String key, String chargeKey, Instant at) {
        return key.equals(plan) && charge.equals(chargeKey) && contains(at);
    }

    /** Whether it holds for a charge of an add-on at an instant. */
    public boolean holdsForAddon(String key, String chargeKey, Instant at) {
        return key.equals(addon) && charge.equals(chargeKey) && contains(at);
    }

    private boolean contains(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }
}
