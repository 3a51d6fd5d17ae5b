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
 */
public record SubscriptionPart(
        UUID id, String product, @Nullable String resource, Instant anchor, List<SubscriptionPhase> phases) {
    public SubscriptionPart {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(anchor, "anchor");
        phases = List.copyOf(phases);
    }

    /** The phase in force at that instant. */
    public Optional<SubscriptionPhase> phaseAt(Instant instant) {
        return phases.stream().filter(phase -> phase.contains(instant)).findFirst();
    }
}
