package dev.weir.entitlement.contract;

import java.nio.charset.StandardCharsets;
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
 * @param defaultPlan true = nobody subscribed: the product's default plan serves the customer while it has no subscription
 *     of the product. It is never billed, and its id is known by {@link #isDefault}; null = false
 */
public record SubscriptionPart(
        UUID id,
        String product,
        @Nullable String resource,
        Instant anchor,
        List<SubscriptionPhase> phases,
        @Nullable String owner,
        @Nullable Boolean defaultPlan) {
    private static final int DEFAULT_ID_VERSION = 8;

    public SubscriptionPart {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(anchor, "anchor");
        phases = List.copyOf(phases);
    }

    /** A subscription that someone made. */
    public SubscriptionPart(
            UUID id,
            String product,
            @Nullable String resource,
            Instant anchor,
            List<SubscriptionPhase> phases,
            @Nullable String owner) {
        this(id, product, resource, anchor, phases, owner, null);
    }

    /** A subscription of the customer itself. */
    public SubscriptionPart(
            UUID id, String product, @Nullable String resource, Instant anchor, List<SubscriptionPhase> phases) {
        this(id, product, resource, anchor, phases, null, null);
    }

    /** What a product's default plan gives a customer, as if it were subscribed from the customer's creation on. */
    public static SubscriptionPart ofDefaultPlan(
            String customer, String product, Instant createdAt, List<SubscriptionPhase> phases) {
        UUID id = defaultId(customer, product, createdAt);
        return new SubscriptionPart(id, product, null, createdAt, phases, null, true);
    }

    /**
     * The id under which a product's default plan serves a customer, always the same: a UUID of version 8 that sorts by the
     * customer's creation among those of version 7.
     */
    static UUID defaultId(String customer, String product, Instant createdAt) {
        UUID name = UUID.nameUUIDFromBytes((customer + "\n" + product).getBytes(StandardCharsets.UTF_8));
        long high =
                createdAt.toEpochMilli() << 16 | (long) DEFAULT_ID_VERSION << 12 | name.getMostSignificantBits() >>> 52;
        return new UUID(high, name.getLeastSignificantBits());
    }

    /** Whether usage that belongs to this id was served by a default plan, and is not billed. */
    public static boolean isDefault(@Nullable UUID subscription) {
        return subscription != null && subscription.version() == DEFAULT_ID_VERSION;
    }

    /** Whether a default plan serves here, and no subscription. */
    public boolean servesByDefault() {
        return Boolean.TRUE.equals(defaultPlan);
    }

    /** With other phases. */
    public SubscriptionPart with(List<SubscriptionPhase> other) {
        return new SubscriptionPart(id, product, resource, anchor, other, owner, defaultPlan);
    }

    /** As an ancestor shares it. */
    public SubscriptionPart sharedBy(String ancestor) {
        return new SubscriptionPart(id, product, resource, anchor, phases, ancestor, defaultPlan);
    }

    /** The phase in force at that instant. */
    public Optional<SubscriptionPhase> phaseAt(Instant instant) {
        return phases.stream().filter(phase -> phase.contains(instant)).findFirst();
    }
}
