package dev.weir.entitlement.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription in a snapshot.
 *
 * @param resource null = the customer as a whole
 * @param anchor from which its periods are counted, in the customer's zone
 * @param phases at least one, by time
 * @param owner the ancestor that holds it and shares it with the snapshot's customer; null = that customer itself. Whoever
 *     bills takes only those without an owner, as the others stand in their owner's snapshot
 */
public record SubscriptionPart(
        UUID id,
        String product,
        @Nullable String resource,
        Instant anchor,
        List<SubscriptionPhase> phases,
        @Nullable String owner) {
    public SubscriptionPart {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(anchor, "anchor");
        phases = List.copyOf(phases);
    }

    /** A subscription of the customer itself. */
    public SubscriptionPart(
            UUID id, String product, @Nullable String resource, Instant anchor, List<SubscriptionPhase> phases) {
        this(id, product, resource, anchor, phases, null);
    }

    /** The phase in force at that instant. */
    public Optional<SubscriptionPhase> phaseAt(Instant instant) {
        return phases.stream().filter(phase -> phase.contains(instant)).findFirst();
    }
}
