package dev.weir.entitlement.subscription.domain;

import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's subscription of a product.
 *
 * @param resource null = the customer as a whole
 * @param anchor from which its periods are counted, in the time zone of the customer's root
 * @param first the plan version it was made with
 */
public record Subscription(
        UUID id,
        String customer,
        String product,
        @Nullable String resource,
        Instant anchor,
        PlanPin first,
        Instant createdAt,
        Timeline timeline) {

    /** With another timeline. */
    public Subscription with(Timeline other) {
        return new Subscription(id, customer, product, resource, anchor, first, createdAt, other);
    }

    /** A customer's snapshot with this subscription as it stands here. */
    public CustomerSnapshot inside(CustomerSnapshot snapshot) {
        List<SubscriptionPart> parts = new ArrayList<>(snapshot.subscriptions().stream()
                .filter(part -> !part.id().equals(id))
                .toList());
        published().ifPresent(parts::add);
        return new CustomerSnapshot(
                snapshot.customer(),
                snapshot.root(),
                snapshot.parent(),
                snapshot.version(),
                snapshot.name(),
                snapshot.timeZone(),
                snapshot.country(),
                snapshot.currency(),
                snapshot.archived(),
                snapshot.createdAt(),
                snapshot.asOf(),
                parts,
                snapshot.allowances(),
                snapshot.credits(),
                snapshot.priceOverrides());
    }

    /** How the snapshot says it; empty if it never gives anything. */
    public Optional<SubscriptionPart> published() {
        var phases = timeline.phases().stream()
                .filter(phase -> phase.kind() == PhaseKind.ACTIVE)
                .map(Phase::published)
                .toList();
        return phases.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubscriptionPart(id, product, resource, anchor, phases));
    }
}
