package dev.weir.entitlement.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that decides a customer's entitlements: the state {@code entitlement.customer-snapshot.v1} (aggregate id = customer,
 * shard of the root, aggregate version = {@link #version}). Small: plan and add-on bodies are named by content hash and come
 * from the catalog's states. It bears its whole timeline (every phase and allowance that touches the last 35 days or an
 * open period), so a consumer resolves any instant from the latest snapshot alone.
 *
 * @param root the owner of the wallets: the customer itself, or its topmost parent whose allowance it shares
 * @param timeZone IANA; of a customer with a parent its root's, as the periods of what it shares are the root's
 * @param subscriptions its own, and those of its ancestors, which it shares
 * @param allowances its own, and those of its ancestors
 * @param credits promised to it, in its own wallets; a customer with a parent has none, as it draws on its root's
 * @param priceOverrides its own; what it shares with an ancestor is billed to that
 */
public record CustomerSnapshot(
        String customer,
        String root,
        @Nullable String parent,
        long version,
        @Nullable String name,
        String timeZone,
        @Nullable String country,
        @Nullable String currency,
        boolean archived,
        Instant createdAt,
        Instant asOf,
        List<SubscriptionPart> subscriptions,
        List<AllowancePart> allowances,
        List<CreditPart> credits,
        List<PriceOverridePart> priceOverrides) {
    public CustomerSnapshot {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(asOf, "asOf");
        subscriptions = subscriptions == null ? List.of() : List.copyOf(subscriptions);
        allowances = allowances == null ? List.of() : List.copyOf(allowances);
        credits = credits == null ? List.of() : List.copyOf(credits);
        priceOverrides = priceOverrides == null ? List.of() : List.copyOf(priceOverrides);
    }

    /** A snapshot of a customer without promised credits and prices of its own. */
    public CustomerSnapshot(
            String customer,
            String root,
            @Nullable String parent,
            long version,
            @Nullable String name,
            String timeZone,
            @Nullable String country,
            @Nullable String currency,
            boolean archived,
            Instant createdAt,
            Instant asOf,
            List<SubscriptionPart> subscriptions,
            List<AllowancePart> allowances) {
        this(
                customer,
                root,
                parent,
                version,
                name,
                timeZone,
                country,
                currency,
                archived,
                createdAt,
                asOf,
                subscriptions,
                allowances,
                List.of(),
                List.of());
    }

    /** The content hashes of every body one must hold to resolve this snapshot. */
    public Set<String> bodyHashes() {
        Set<String> hashes = new TreeSet<>();
        for (SubscriptionPart subscription : subscriptions) {
            for (SubscriptionPhase phase : subscription.phases()) {
                hashes.add(phase.planHash());
                if (phase.trialPlanHash() != null) {
                    hashes.add(phase.trialPlanHash());
                }
                phase.addons().forEach(addon -> hashes.add(addon.addonHash()));
            }
        }
        return hashes;
    }
}
