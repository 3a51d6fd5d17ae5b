package dev.weir.entitlement.contract;

import dev.weir.catalog.contract.CreditLimit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The join of all sources: the most generous wins, by component, and the answer says why (architecture, "Resolution").
 * Pure: service, ledger, metering, gateway and sidecar all call this.
 */
public final class Resolution {
    private Resolution() {}

    /**
     * The entitlement to one feature at an instant; empty when no source names the feature.
     *
     * @param resource null = the customer as a whole: only subscriptions without a resource count; otherwise those of that
     *     resource count, and where there are none, those without one
     */
    public static Optional<ResolvedFeature> feature(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        return FeatureJoin.resolve(snapshot, bodies, feature, resource, at);
    }

    /** Every feature that any source names at an instant, by key. */
    public static Map<String, ResolvedFeature> all(
            CustomerSnapshot snapshot, Bodies bodies, @Nullable String resource, Instant at) {
        return FeatureJoin.resolveAll(snapshot, bodies, resource, at);
    }

    /** Every credit grant in force at any instant of [from, to). */
    public static List<CreditEntitlement> credits(CustomerSnapshot snapshot, Bodies bodies, Instant from, Instant to) {
        return CreditSources.between(snapshot, bodies, from, to);
    }

    /** How far a credit unit may go into overdraft at an instant: the largest that an active plan version says. */
    public static Optional<CreditLimit> creditLimit(
            CustomerSnapshot snapshot, Bodies bodies, String unit, Instant at) {
        return CreditSources.limit(snapshot, bodies, unit, at);
    }

    /** Whether any subscription is active at the instant. */
    public static boolean subscribed(CustomerSnapshot snapshot, Instant at) {
        return snapshot.subscriptions().stream()
                .anyMatch(subscription -> subscription.phaseAt(at).isPresent());
    }

    /**
     * The window that usage of a feature at an instant belongs to: its UTC hour, cut at the latest boundary of the feature's
     * resolved allowance, subscription, plan version or period. Its key is its start.
     */
    public static Span window(
            CustomerSnapshot snapshot, Bodies bodies, String feature, @Nullable String resource, Instant at) {
        return Boundaries.window(snapshot, bodies, feature, resource, at);
    }
}
